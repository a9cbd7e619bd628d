import type { CustomerDocument } from "./customer-document"
import type { OrderDocument } from "./order-document"
import type { ProfileField } from "./profile"

/** The three statuses of an order; the last two are calculated by Medusa and never stored. */
export type OrderStatuses = { status: string; fulfillment_status: string; payment_status: string }

/** How the statuses of an order have changed (contract 7). */
export type StatusUpdate = {
  order_id: string
  display_id: number
  old_status: string
  new_status: string
  fulfillment_status: string
  payment_status: string
  old_fulfillment_status: string
  old_payment_status: string
}

/** The body of each event to Odoo (contract 7). */
export type EventData = {
  "order.created": { order: OrderDocument }
  "order.status_updated": StatusUpdate
  "customer.created": { customer: CustomerDocument }
  "customer.updated": { customer: CustomerDocument; changed_fields: ProfileField[] }
}

export type EventName = keyof EventData

/** The names of the events of contract 7, in the order of the documentation. Further record types have further events. */
export const EVENT_NAMES = ["order.created", "order.status_updated", "customer.created", "customer.updated"] as const satisfies readonly EventName[]

/** The kind of record that an event is about: `order` for `order.created`. */
export const kindOfEvent = (name: string): string => name.split(".")[0] ?? ""

/**
 * The name of the event for changes of an order that have no event of their own: of its lines, payments, refunds or returns. Contract 7
 * has no such event, so no webhook receives it.
 */
export const ORDER_UPDATED = "order.updated"

/**
 * Writes an event as it is sent. The text is frozen: every attempt sends exactly these characters.
 * @param time when it happened
 */
export function eventBody<N extends EventName>(name: N, data: EventData[N], time: Date): string {
  return JSON.stringify({ event: name, timestamp: time.toISOString(), data })
}

/** The body of {@link ORDER_UPDATED}: the ids of the order, without its data. */
export function orderUpdatedBody({ id, display_id: displayId }: { id: string; display_id: number }, time: Date): string {
  return JSON.stringify({ event: ORDER_UPDATED, timestamp: time.toISOString(), data: { order_id: id, display_id: displayId } })
}

/** The body of `order.status_updated`: the statuses of an order before and after a change. */
export function statusUpdate(order: { id: string; display_id: number }, before: OrderStatuses, now: OrderStatuses): StatusUpdate {
  return {
    order_id: order.id,
    display_id: order.display_id,
    old_status: before.status,
    new_status: now.status,
    fulfillment_status: now.fulfillment_status,
    payment_status: now.payment_status,
    old_fulfillment_status: before.fulfillment_status,
    old_payment_status: before.payment_status,
  }
}

/** The body of a test event. */
export function testEventBody(time: Date): string {
  return JSON.stringify({ event: "test", timestamp: time.toISOString(), data: { message: "A test from medusa-plugin-odoo." } })
}
