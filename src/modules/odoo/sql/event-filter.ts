import type { EventFilters } from "../types"
import type { Binding } from "./db"

/** What is still to be delivered or to be looked at, and so holds back the later events of its record. */
const OPEN = "('pending', 'waiting', 'failed')"

/** The id of the event that an event waits behind: the first open one of its record. Null where nothing is before it. */
export const WAITING_BEHIND = `(
    SELECT earlier.id
    FROM odoo_event AS earlier
    WHERE event.status IN ('pending', 'waiting')
      AND earlier.record_kind = event.record_kind
      AND earlier.record_id = event.record_id
      AND earlier.sequence < event.sequence
      AND earlier.status IN ${OPEN}
      AND earlier.deleted_at IS NULL
    ORDER BY earlier.sequence
    LIMIT 1
  )`

/** Whether an attempt is under way. */
export const IN_FLIGHT = "coalesce(event.leased_until > now(), false)"

/** What of an event people get to see, besides its body. */
export const EVENT_COLUMNS = `event.id, event.record_kind, event.record_id, event.name, event.status,
  ${WAITING_BEHIND} AS waiting_behind, ${IN_FLIGHT} AS in_flight, event.attempts, event.next_attempt_at,
  event.error_class, event.error_message, event.created_at, event.delivered_at, event.dismissed_at, event.dismissal`

/** An event is pending or waiting by its own doing, or behind another one. */
const STATUS_FILTER = `CASE WHEN ${WAITING_BEHIND} IS NOT NULL THEN 'behind' ELSE event.status END = ANY(:status)`

/** Written out, so that the index of the events that stand so serves. */
function storedAs(status: NonNullable<EventFilters["status"]>): string {
  const stored = status.flatMap((given) => (given === "behind" ? ["pending", "waiting"] : [given]))
  return `event.status IN (${[...new Set(stored)].map((each) => `'${each}'`).join(", ")})`
}

/** Of the others it is enough how they are stored. */
const MAY_BE_BEHIND: readonly string[] = ["pending", "waiting", "behind"]

/** The conditions that narrow `odoo_event AS event`, and what they are bound to. */
export function eventFilter(filters: EventFilters): {
  conditions: (string | false | undefined)[]
  bindings: Record<string, Binding>
} {
  const { status, recordKind, recordId, name, errorClass, since, until, ids } = filters
  return {
    conditions: [
      "event.deleted_at IS NULL",
      status && storedAs(status),
      status?.some((given) => MAY_BE_BEHIND.includes(given)) === true && STATUS_FILTER,
      recordKind && "event.record_kind = :recordKind",
      recordId !== undefined && "event.record_id = :recordId",
      name !== undefined && "event.name = :name",
      errorClass && "event.error_class = ANY(:errorClass)",
      since && "event.created_at >= :since",
      // times given to the millisecond stand for the whole millisecond
      until && "event.created_at < CAST(:until AS timestamptz) + interval '1 millisecond'",
      ids && "event.id = ANY(:ids)",
    ],
    bindings: {
      status: status ?? null,
      recordKind: recordKind ?? null,
      recordId: recordId ?? null,
      name: name ?? null,
      errorClass: errorClass ?? null,
      since: since ?? null,
      until: until ?? null,
      ids: ids ?? null,
    },
  }
}
