import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { AttemptRow, DeliveryFilters, DeliveryRow, DeliveryWithBody, RefusalRow } from "../modules/odoo/types"
import type { EventDetailView, EventView, RefusalView } from "../wire/answer-schemas/admin"
import { WireError } from "../wire/errors"
import { listEnvelope, pageRequest } from "../wire/list"
import { lineSchema } from "../wire/normalise"
import type { EventFilterQuery, ListEventsQuery, ListRefusalsQuery } from "../wire/schemas/admin"
import { findOrderId } from "./find-order"

const odooOf = (container: MedusaContainer) => container.resolve<OdooModuleService>(ODOO_MODULE)

const iso = (time: Date | null) => time?.toISOString() ?? null

/** A delivery of an event as the admin API shows it, without the body. */
export function eventView(delivery: DeliveryRow): EventView {
  const { id, destination, record_kind, record_id, name, waiting_behind, in_flight, attempts, error_class, error_message, dismissal } = delivery
  const status = waiting_behind === null ? delivery.status : "behind"
  return {
    id,
    destination,
    record_kind,
    record_id,
    name,
    status,
    waiting_behind,
    in_flight,
    attempts,
    next_attempt_at: status === "pending" || status === "waiting" ? delivery.next_attempt_at.toISOString() : null,
    error_class,
    error_message,
    created_at: delivery.created_at.toISOString(),
    delivered_at: iso(delivery.delivered_at),
    dismissed_at: iso(delivery.dismissed_at),
    dismissal: delivery.status === "dismissed" ? dismissal : null,
  }
}

const attemptView = ({ started_at: startedAt, ...attempt }: AttemptRow) => ({ ...attempt, started_at: startedAt.toISOString() })

/** Medusa's id of a record; people know an order by its display id. */
const recordIdOf = async (container: MedusaContainer, given: string | undefined) =>
  given !== undefined && /^\d{1,9}$/.test(given) ? await findOrderId(container, given) : given

/**
 * The filters that a query describes.
 * @throws WireError `NOT_FOUND` for a display id that no order has
 */
export async function eventFiltersOf(container: MedusaContainer, query: EventFilterQuery): Promise<DeliveryFilters> {
  const { status, destination, record_kind: recordKind, record_id: recordId, name, class: errorClass, since, until } = query
  return { status, destination, recordKind, recordId: await recordIdOf(container, recordId), name, errorClass, since, until }
}

/**
 * One page of events, oldest first, without their bodies; an event is listed once for each destination.
 * @throws WireError `VALIDATION_ERROR` for a cursor that the plugin did not make, `NOT_FOUND` for a display id that no order has
 */
export async function listEvents(container: MedusaContainer, query: ListEventsQuery) {
  const request = pageRequest(query)
  const page = await odooOf(container).outbox.page(await eventFiltersOf(container, query), request)
  return { events: page.rows.map(eventView), ...listEnvelope(request, page) }
}

/** The row that `select` finds by an id. @throws WireError `NOT_FOUND` */
async function found<T>(id: string, what: string, select: (id: string) => Promise<T | undefined>): Promise<T> {
  const row = lineSchema.safeParse(id).success ? await select(id) : undefined
  if (row === undefined) {
    throw new WireError("NOT_FOUND", `There is no such ${what}. It may have been removed after the time that the option retention sets.`)
  }
  return row
}

/** Names a delivery by its event, and by its destination where the event has several. */
export type NamedDelivery = { id: string; destination?: string | undefined }

/** Reads a delivery; without a destination, that of the oldest destination. @throws WireError `NOT_FOUND` */
export async function readDelivery(container: MedusaContainer, { id, destination }: NamedDelivery): Promise<DeliveryWithBody> {
  return await found(id, "event", async (known) => (await odooOf(container).outbox.deliveriesOf(known, destination))[0])
}

/** Reads a delivery with its body and all its attempts. @throws WireError `NOT_FOUND` */
export async function readEventDetail(container: MedusaContainer, named: NamedDelivery): Promise<EventDetailView> {
  const delivery = await readDelivery(container, named)
  const attempts = await odooOf(container).outbox.attemptsAt(delivery.delivery_id)
  const { context, direction, body } = delivery
  return { ...eventView(delivery), context, direction, body, attempt_log: attempts.map(attemptView) }
}

/** A refusal as the admin API shows it. */
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

/** One page of refusals, oldest first. @throws WireError as {@link listEvents} does */
export async function listRefusals(container: MedusaContainer, query: ListRefusalsQuery) {
  const request = pageRequest(query)
  const { open, record_kind: recordKind, record_id: recordId } = query
  const filters = { open, recordKind, recordId: await recordIdOf(container, recordId) }
  const page = await odooOf(container).refusals.page(filters, request)
  return { refusals: page.rows.map(refusalView), ...listEnvelope(request, page) }
}

/** Reads a refusal. @throws WireError `NOT_FOUND` */
export async function readRefusal(container: MedusaContainer, id: string): Promise<RefusalRow> {
  return await found(id, "refusal", (known) => odooOf(container).refusals.of(known))
}
