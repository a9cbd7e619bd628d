import type { MedusaContainer } from "@medusajs/framework/types"

import type { EffectName } from "../../wire/order-status"
import type { OrderStatusBody } from "../../wire/schemas/order-webhooks"

/** Pieces of a line with which Medusa would not do what Odoo says. */
export type Undone = { line_item_id: string; sku: string; quantity: number; reason: string }

/**
 * When the goods have left, by what an event says; one that says the future means now.
 * @returns milliseconds since 1970; null where it says no time
 */
export const shippedAt = ({ shipped_at: time }: OrderStatusBody["order"]): number | null =>
  time === undefined ? null : Math.min(new Date(time).getTime(), Date.now())

/** What an effect works on. */
export type EffectContext = {
  container: MedusaContainer
  orderId: string
  /** what the event says of the order */
  said: OrderStatusBody["order"]
  /** the idempotency key that it came with */
  key?: string | undefined
  /** what has been done in Medusa so far, in its order; an effect adds what it has done, at once */
  done: Set<EffectName>
  /** what had to be left undone although the rest went on */
  undone: Undone[]
}

/**
 * Brings about in Medusa what an event is about, through Medusa's own workflows. What is there already is not done
 * again, so that an event may be repeated, also after it got only half way.
 * @throws WireError `CONFLICT` for what Medusa refuses
 */
export type Effect = (context: EffectContext) => Promise<void>
