import { toOdooId } from "./odoo-id"
import type { OrderEvent, OrderStatusBody } from "./schemas/order-webhooks"

/** The changes that an event can make in Medusa. */
export type EffectName = "fulfilled" | "shipped" | "labelled" | "delivered" | "canceled" | "paid"

/** The metadata keys of each event (contract 6, the table). */
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

const TEXTS = new Set<string>(Object.values(METADATA).flatMap(({ texts }) => texts))

/**
 * Whether only Odoo may write a metadata key: keys that begin with `odoo_` (the link and the flags of the events), and the keys of
 * the events' texts.
 */
export const isWrittenByOdoo = (key: string): boolean => key.startsWith("odoo_") || TEXTS.has(key)

/**
 * The metadata of an event: its flag, its time and its texts. Texts and a time that the event leaves out keep their present values;
 * a time without a present value is `now`.
 * @param present the order's metadata
 * @returns all keys of the event that have a value, also for a repeat (contract 6)
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

/** Whether an order's metadata has the flag of an event already. */
export const wasTold = (event: OrderEvent, present: Readonly<Record<string, unknown>>): boolean => present[METADATA[event].flag] === true

/** Odoo's status of an order after an event: `shipped` for `order.shipped`. */
export const odooStatusOf = (event: OrderEvent): string => event.slice("order.".length)

/** An item of a shipment that was not shipped, or not completely, and why. */
export type FailedItem = { index: number; sku: string; error: string }

/** Pieces that an event states beyond the open ones. */
export type Surplus = { sku: string; quantity: number }

/** The parts of an event that could not be carried out as stated. */
export type Remarks = { failed: FailedItem[]; surplus: Surplus[] }

/** The remarks as members of an answer; empty lists are left out. */
export const remarksSaid = ({ failed, surplus }: Remarks) => ({
  ...(failed.length > 0 ? { failed } : {}),
  ...(surplus.length > 0 ? { surplus } : {}),
})

/** The outcome of an event. */
export type OrderStatusOutcome = {
  order: { id: string; display_id: number }
  link: { odoo_id: string; odoo_name: string | null } | null
  metadata: readonly string[]
  effects: readonly EffectName[]
  remarks: Remarks
}

/** The answer to `POST /odoo/webhooks/order-status` (contract 6). */
export function orderStatusAnswer(event: OrderEvent, { order, link, metadata, effects, remarks }: OrderStatusOutcome) {
  return {
    success: remarks.failed.length === 0,
    event_type: event,
    order: {
      medusa_order_id: order.id,
      display_id: order.display_id,
      odoo_order_id: link === null ? null : toOdooId(link.odoo_id),
      odoo_order_name: link?.odoo_name ?? null,
    },
    metadata_updated: [...metadata],
    effects: [...effects],
    ...remarksSaid(remarks),
  }
}
