import type { MedusaContainer } from "@medusajs/framework/types"

import type { EffectName, Remarks } from "../../wire/order-status-event"
import type { OrderStatusBody } from "../../wire/schemas/order-webhooks"

/** Pieces of a line for which Medusa refused what Odoo asked for. */
export type Undone = { line_item_id: string; sku: string; quantity: number; reason: string }

/** A time of an event, at most now: the clocks of Odoo and of the shop differ a little. Null where the event has none. */
const timeSaid = (time: string | undefined): Date | null =>
  time === undefined ? null : new Date(Math.min(new Date(time).getTime(), Date.now()))

/**
 * When the goods left, according to the event.
 * @returns milliseconds since 1970; null where the event has no time
 */
export const shippedAt = ({ shipped_at: time }: OrderStatusBody["order"]): number | null => timeSaid(time)?.getTime() ?? null

/** When goods were shipped and delivered, according to the event. Without a time of shipping, that of the delivery counts. */
export const fulfillmentTimes = ({ shipped_at: shipped, delivered_at: delivered }: OrderStatusBody["order"]) => ({
  shipped: timeSaid(shipped ?? delivered),
  delivered: timeSaid(delivered),
})

/** The input of an effect, and the lists to which it adds its results. */
export type EffectContext = {
  container: MedusaContainer
  orderId: string
  /** the order as the event describes it */
  said: OrderStatusBody["order"]
  /** the idempotency key of the request */
  key?: string | undefined
  /** the changes made in Medusa so far, in their order; an effect adds each change as soon as it is made */
  done: Set<EffectName>
  /** the goods that Medusa refused to ship, while the others were shipped */
  undone: Undone[]
  /** the parts of the event that could not be carried out as stated */
  remarks: Remarks
}

/**
 * Carries out an event in Medusa, through Medusa's own workflows. Changes that were made before are skipped, so that an event
 * can be repeated, also after it was carried out in part.
 * @throws WireError `CONFLICT` where Medusa refuses a change
 */
export type Effect = (context: EffectContext) => Promise<void>
