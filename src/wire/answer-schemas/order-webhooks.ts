import { z } from "zod"

import { ORDER_EVENTS } from "../schemas/order-webhooks"
import { odooId } from "./common"

/** The answer to `POST /odoo/webhooks/order-status` (contract 6). */
export const orderStatusAnswerSchema = z.object({
  success: z.boolean().describe("false where some of the `items` could not be shipped"),
  event_type: z.enum(ORDER_EVENTS),
  order: z.object({
    medusa_order_id: z.string(),
    display_id: z.int(),
    odoo_order_id: odooId.nullable(),
    odoo_order_name: z.string().nullable(),
  }),
  metadata_updated: z.array(z.string()).describe("the metadata that the event is about, on a repeat too"),
  effects: z
    .array(z.enum(["fulfilled", "shipped", "labelled", "delivered", "canceled", "paid"]))
    .describe("what was done in Medusa; empty on a repeat"),
  failed: z
    .array(z.object({ index: z.int().describe("the item's place in `items`, from 0"), sku: z.string(), error: z.string() }))
    .optional()
    .describe("the items that could not be read, or that the order does not have; the others were shipped. There only where there are any"),
  surplus: z
    .array(z.object({ sku: z.string(), quantity: z.number() }))
    .optional()
    .describe("what was said to be shipped beyond what was open: what was open was shipped. There only where there is any"),
})
