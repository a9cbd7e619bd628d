import type { RecordKind } from "../../src/modules/odoo/types"
import type OdooModuleService from "../../src/modules/odoo/service"

type Deliveries = Awaited<ReturnType<OdooModuleService["listOdooDeliveries"]>>
type Filters = { id?: string | string[]; record_id?: string; record_kind?: string; name?: string; status?: string | string[] }

/** An event with its one delivery, to the webhook of the options: known by the event's id. */
export type ToldEvent = Omit<Deliveries[number], "event_id" | "record_kind"> & { record_kind: RecordKind; delivery_id: string; body: string }

const OPEN = ["pending", "waiting", "failed"]

/** The events that the webhook is told of, with what has become of them. */
export async function listEvents(
  odoo: OdooModuleService,
  { id, ...filters }: Filters = {},
  config: Parameters<OdooModuleService["listOdooDeliveries"]>[1] = {}
): Promise<ToldEvent[]> {
  const deliveries = await odoo.listOdooDeliveries(
    { ...filters, ...(id === undefined ? {} : { event_id: id }), destination_id: "webhook" },
    { take: 1_000, ...config }
  )
  const events = await odoo.listOdooEvents({ id: deliveries.map(({ event_id: eventId }) => eventId) }, { take: 1_000 })
  const bodies = new Map(events.map((event) => [event.id, event.body]))
  return deliveries.map(({ event_id: eventId, id: deliveryId, record_kind: kind, ...delivery }) => ({
    ...delivery,
    record_kind: kind === "customer" ? "customer" : "order",
    id: eventId,
    delivery_id: deliveryId,
    body: bodies.get(eventId) ?? "",
  }))
}

/** One of them. */
export async function retrieveEvent(odoo: OdooModuleService, id: string): Promise<ToldEvent> {
  const [event] = await listEvents(odoo, { id })
  if (event === undefined) {
    throw new Error(`there is no event ${id}`)
  }
  return event
}

/** Changes what has become of an event, past everything that watches over it. */
export async function updateEvent(odoo: OdooModuleService, { id, ...changes }: { id: string } & Partial<Omit<ToldEvent, "id" | "body">>) {
  const { delivery_id: deliveryId } = await retrieveEvent(odoo, id)
  return await odoo.updateOdooDeliveries({ id: deliveryId, ...changes })
}

/** Writes an event as it could stand after some days. */
export async function createEvent(
  odoo: OdooModuleService,
  { id, record_kind, record_id, name, body, ...members }: Pick<ToldEvent, "record_kind" | "record_id" | "name" | "body" | "next_attempt_at"> & Partial<ToldEvent>
): Promise<ToldEvent> {
  const event = await odoo.createOdooEvents({ ...(id === undefined ? {} : { id }), record_kind, record_id, name, body })
  const earlier = await odoo.listOdooDeliveries({ record_kind, record_id, status: OPEN })
  await odoo.createOdooDeliveries({
    id: `${event.id.replace("oevt_", "odlv_")}_webhook`,
    event_id: event.id,
    destination_id: "webhook",
    sequence: event.sequence,
    record_kind,
    record_id,
    name,
    is_head: earlier.length === 0,
    ...members,
  })
  return await retrieveEvent(odoo, event.id)
}

type ManyEvents = { records: string; each?: string; name?: string; prefix?: string; destination?: string; body: string }

/**
 * A statement that writes many events that are due, of as many orders, as many of each.
 * @param records how many orders, in SQL
 * @param each how many events of each, in SQL
 * @param prefix what their ids begin with, in SQL
 * @param destination the id of who is told
 * @param body of event `n` of order `record`, in SQL
 */
export const manyEvents = ({ records, each = "1", name = "order.status_updated", prefix = "''", destination = "webhook", body }: ManyEvents) => `
  WITH event AS (
    INSERT INTO odoo_event (id, record_kind, record_id, name, body)
    SELECT 'oevt_' || CAST(${prefix} AS text) || record || '_' || n, 'order', 'order_' || CAST(${prefix} AS text) || record, '${name}', ${body}
    FROM generate_series(1, CAST(${each} AS int)) AS n, generate_series(1, CAST(${records} AS int)) AS record ORDER BY n, record
    RETURNING *
  )
  INSERT INTO odoo_delivery (id, event_id, destination_id, sequence, record_kind, record_id, name, next_attempt_at, is_head)
  SELECT replace(id, 'oevt_', 'odlv_') || '_${destination}', id, '${destination}', sequence, record_kind, record_id, name, now(),
    row_number() OVER (PARTITION BY record_id ORDER BY sequence) = 1
  FROM event`
