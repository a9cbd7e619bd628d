import { toOdooId } from "./odoo-id"
import type { OrderEvent, OrderStatusBody } from "./schemas/order-webhooks"

/** What an event has brought about in Medusa. */
export type EffectName = "fulfilled" | "shipped" | "labelled" | "delivered" | "canceled" | "paid"

/** Where each event writes itself down in the order's metadata (contract 6, the table). */
const METADATA = {
  "order.confirmed": { flag: "odoo_confirmed", time: "confirmed_at", texts: [] },
  "order.shipped": { flag: "odoo_shipped", time: "shipped_at", texts: ["tracking_number", "tracking_url", "carrier_name"] },
  "order.delivered": { flag: "odoo_delivered", time: "delivered_at", texts: [] },
  "order.cancelled": { flag: "odoo_cancelled", time: "cancelled_at", texts: ["cancelled_reason"] },
  "order.invoiced": { flag: "odoo_invoiced", time: "invoiced_at", texts: ["invoice_number", "invoice_date"] },
  "order.paid": { flag: "odoo_paid", time: "paid_at", texts: ["payment_method_odoo"] },
} as const satisfies Record<
  OrderEvent,
  { flag: `odoo_${string}`; time: keyof OrderStatusBody["order"]; texts: readonly (keyof OrderStatusBody["order"])[] }
>

/**
 * The metadata of an event: its flag, its time, and what it says besides. What it leaves out stays as it was told
 * before; a time that was never told is `now`.
 * @param present the order's metadata
 * @returns all members that the event is about and that have a value, on a repeat too (contract 6)
 */
export function statusMetadata(
  { event_type: event, order }: OrderStatusBody,
  present: Readonly<Record<string, unknown>>,
  now: Date
): Record<string, unknown> {
  const { flag, time, texts } = METADATA[event]
  const members: [string, unknown][] = [
    [flag, true],
    [`${flag}_at`, order[time] ?? present[`${flag}_at`] ?? now.toISOString()],
    ...texts.map((name): [string, unknown] => [name, order[name] ?? present[name]]),
  ]
  return Object.fromEntries(members.filter(([, value]) => value !== undefined && value !== null))
}

/** Whether an order's metadata tells of an event already. */
export const wasTold = (event: OrderEvent, present: Readonly<Record<string, unknown>>): boolean => present[METADATA[event].flag] === true

/** What Odoo calls the state that an event is about: `shipped` for `order.shipped`. */
export const odooStatusOf = (event: OrderEvent): string => event.slice("order.".length)

/** What became of an event. */
export type OrderStatusOutcome = {
  order: { id: string; display_id: number }
  link: { odoo_id: string; odoo_name: string | null } | null
  metadata: readonly string[]
  effects: readonly EffectName[]
}

/** The answer to `POST /odoo/webhooks/order-status` (contract 6). */
export function orderStatusAnswer(event: OrderEvent, { order, link, metadata, effects }: OrderStatusOutcome) {
  return {
    success: true,
    event_type: event,
    order: {
      medusa_order_id: order.id,
      display_id: order.display_id,
      odoo_order_id: link === null ? null : toOdooId(link.odoo_id),
      odoo_order_name: link?.odoo_name ?? null,
    },
    metadata_updated: [...metadata],
    effects: [...effects],
  }
}
