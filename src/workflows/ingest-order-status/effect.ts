import type { MedusaContainer } from "@medusajs/framework/types"

import type { EffectName } from "../../wire/order-status"
import type { OrderStatusBody } from "../../wire/schemas/order-webhooks"

/** Pieces of a line with which Medusa would not do what Odoo says. */
export type Undone = { line_item_id: string; sku: string; quantity: number; reason: string }

/** What an effect works on. */
export type EffectContext = {
  container: MedusaContainer
  orderId: string
  /** what the event says of the order */
  said: OrderStatusBody["order"]
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
