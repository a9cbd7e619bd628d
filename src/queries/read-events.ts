import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectAttempts, selectEvent } from "../modules/odoo/sql/select-event"
import { selectEventPage } from "../modules/odoo/sql/select-event-page"
import { selectRefusal, selectRefusalPage } from "../modules/odoo/sql/select-refusal-page"
import type { AttemptRow, EventFilters, EventRow, RefusalRow } from "../modules/odoo/types"
import type { EventDetailView, EventView, RefusalView } from "../wire/answers/admin"
import { WireError } from "../wire/errors"
import { listEnvelope, pageRequest } from "../wire/list"
import { lineSchema } from "../wire/normalise"
import type { EventFilterQuery, ListEventsQuery, ListRefusalsQuery } from "../wire/schemas/admin"
import { findOrderId } from "./find-order"

const database = (container: MedusaContainer) => container.resolve(ContainerRegistrationKeys.PG_CONNECTION)

const iso = (time: Date | null) => time?.toISOString() ?? null

/** An event as people see it, without its body. */
export function eventView(event: EventRow): EventView {
  const { id, record_kind, record_id, name, waiting_behind, in_flight, attempts, error_class, error_message, dismissal } = event
  const status = waiting_behind === null ? event.status : "behind"
  return {
    id,
    record_kind,
    record_id,
    name,
    status,
    waiting_behind,
    in_flight,
    attempts,
    next_attempt_at: status === "pending" || status === "waiting" ? event.next_attempt_at.toISOString() : null,
    error_class,
    error_message,
    created_at: event.created_at.toISOString(),
    delivered_at: iso(event.delivered_at),
    dismissed_at: iso(event.dismissed_at),
    dismissal: event.status === "dismissed" ? dismissal : null,
  }
}

const attemptView = ({ started_at: startedAt, ...attempt }: AttemptRow) => ({ ...attempt, started_at: startedAt.toISOString() })

/** Medusa's id of a record; people know an order by its display id. */
const recordIdOf = async (container: MedusaContainer, given: string | undefined) =>
  given !== undefined && /^\d{1,9}$/.test(given) ? await findOrderId(container, given) : given

/**
 * Which events a person means.
 * @throws WireError `NOT_FOUND` for a display id that no order has
 */
export async function eventFiltersOf(container: MedusaContainer, query: EventFilterQuery): Promise<EventFilters> {
  const { status, record_kind: recordKind, record_id: recordId, name, class: errorClass, since, until } = query
  return { status, recordKind, recordId: await recordIdOf(container, recordId), name, errorClass, since, until }
}

/**
 * One page of events, oldest first, without their bodies.
 * @throws WireError `VALIDATION_ERROR` for a cursor that is not ours, `NOT_FOUND` for a display id that no order has
 */
export async function listEvents(container: MedusaContainer, query: ListEventsQuery) {
  const request = pageRequest(query)
  const page = await selectEventPage(database(container), await eventFiltersOf(container, query), request)
  return { events: page.rows.map(eventView), ...listEnvelope(request, page) }
}

/** What `select` finds under an id. @throws WireError `NOT_FOUND` */
async function found<T>(id: string, what: string, select: (id: string) => Promise<T | undefined>): Promise<T> {
  const row = lineSchema.safeParse(id).success ? await select(id) : undefined
  if (row === undefined) {
    throw new WireError("NOT_FOUND", `There is no such ${what}. It may have been removed after the time that the option retention sets.`)
  }
  return row
}

/** An event as it stands. @throws WireError `NOT_FOUND` */
export async function readEvent(container: MedusaContainer, id: string): Promise<EventRow & { body: string }> {
  return await found(id, "event", (known) => selectEvent(database(container), known))
}

/** An event with its body and what came of each attempt. @throws WireError `NOT_FOUND` */
export async function readEventDetail(container: MedusaContainer, id: string): Promise<EventDetailView> {
  const event = await readEvent(container, id)
  const attempts = await selectAttempts(database(container), id)
  return { ...eventView(event), body: event.body, attempt_log: attempts.map(attemptView) }
}

/** A refusal as people see it. */
export function refusalView(refusal: RefusalRow): RefusalView {
  const { id, record_kind, record_id, said, code, message, details, times, dismissal } = refusal
  return {
    id,
    record_kind,
    record_id,
    said,
    code,
    message,
    details: details ?? {},
    times,
    first_refused_at: refusal.created_at.toISOString(),
    refused_at: refusal.refused_at.toISOString(),
    settled_at: iso(refusal.settled_at),
    dismissal,
  }
}

/** One page of what Medusa has refused, oldest first. @throws WireError as {@link listEvents} does */
export async function listRefusals(container: MedusaContainer, query: ListRefusalsQuery) {
  const request = pageRequest(query)
  const { open, record_kind: recordKind, record_id: recordId } = query
  const filters = { open, recordKind, recordId: await recordIdOf(container, recordId) }
  const page = await selectRefusalPage(database(container), filters, request)
  return { refusals: page.rows.map(refusalView), ...listEnvelope(request, page) }
}

/** A refusal as it stands. @throws WireError `NOT_FOUND` */
export async function readRefusal(container: MedusaContainer, id: string): Promise<RefusalRow> {
  return await found(id, "refusal", (known) => selectRefusal(database(container), known))
}
