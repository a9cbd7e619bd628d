import type { DeliveryFilters } from "../types"
import type { Binding } from "../../../database/statement"

/** The statuses of open deliveries, which hold back the later deliveries of their records. */
export const OPEN = "('pending', 'waiting', 'failed')"

/** The condition that an attempt of a delivery is running. */
export const IN_FLIGHT = "coalesce(delivery.leased_until > now(), false)"

/** The condition that no attempt of a delivery is running. */
export const NOT_LEASED = "(delivery.leased_until IS NULL OR delivery.leased_until <= now())"

/**
 * The condition that a delivery failed in an outage.
 * @param since when the outage began, in SQL: earlier failures have another cause
 */
export const failedInOutage = (since: string) =>
  // the clocks of a process and of the database may differ a little
  `(delivery.status = 'failed' AND delivery.is_outage AND delivery.next_attempt_at >= CAST(${since} AS timestamptz) - interval '5 minutes')`

/** The condition that a delivery waits behind another one. */
const IS_BEHIND = "(delivery.status IN ('pending', 'waiting') AND NOT delivery.is_head)"

/** The id of the event that a delivery waits behind: the oldest one of its record that is open for the destination. Null for none. */
const WAITING_BEHIND = `(
    SELECT head.event_id
    FROM odoo_delivery AS head
    WHERE ${IS_BEHIND}
      AND head.record_kind = delivery.record_kind
      AND head.record_id = delivery.record_id
      AND head.destination_id = delivery.destination_id
      AND head.status IN ${OPEN}
      AND head.deleted_at IS NULL
    ORDER BY head.sequence
    LIMIT 1
  )`

/** The columns of a delivery and its event that the admin API shows, without the body. `id` is the event's. */
export const DELIVERY_COLUMNS = `delivery.event_id AS id, delivery.id AS delivery_id, delivery.destination_id AS destination,
  delivery.record_kind, delivery.record_id, delivery.name, delivery.status,
  ${WAITING_BEHIND} AS waiting_behind, ${IN_FLIGHT} AS in_flight, delivery.attempts, delivery.next_attempt_at,
  delivery.error_class, delivery.error_message, delivery.created_at, delivery.delivered_at, delivery.dismissed_at, delivery.dismissal`

/** The status as the admin API shows it: `behind` counts before the stored status. */
const STATUS_FILTER = `CASE WHEN ${IS_BEHIND} THEN 'behind' ELSE delivery.status END = ANY(:status)`

/** The stored statuses, as literals, so that Postgres can use the index of each. */
function storedAs(status: NonNullable<DeliveryFilters["status"]>): string {
  const stored = status.flatMap((given) => (given === "behind" ? ["pending", "waiting"] : [given]))
  return `delivery.status IN (${[...new Set(stored)].map((each) => `'${each}'`).join(", ")})`
}

/** The statuses for which the stored status is not enough. */
const MAY_BE_BEHIND: readonly string[] = ["pending", "waiting", "behind"]

/** The conditions on `odoo_delivery AS delivery` for filters, and their bindings. */
export function deliveryFilter(filters: DeliveryFilters): {
  conditions: (string | false | undefined)[]
  bindings: Record<string, Binding>
} {
  const { status, destination, recordKind, recordId, name, errorClass, since, until, ids } = filters
  return {
    conditions: [
      "delivery.deleted_at IS NULL",
      status && storedAs(status),
      status?.some((given) => MAY_BE_BEHIND.includes(given)) === true && STATUS_FILTER,
      destination !== undefined && "delivery.destination_id = :destination",
      recordKind && "delivery.record_kind = :recordKind",
      recordId !== undefined && "delivery.record_id = :recordId",
      name !== undefined && "delivery.name = :name",
      errorClass && "delivery.error_class = ANY(:errorClass)",
      since && "delivery.created_at >= :since",
      // times given to the millisecond stand for the whole millisecond
      until && "delivery.created_at < CAST(:until AS timestamptz) + interval '1 millisecond'",
      ids && "delivery.event_id = ANY(:ids)",
    ],
    bindings: {
      status: status ?? null,
      destination: destination ?? null,
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
