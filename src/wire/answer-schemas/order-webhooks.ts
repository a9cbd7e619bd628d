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
  metadata_updated: z.array(z.string()).describe("the metadata keys of the event, also on a repeat"),
  effects: z
    .array(z.enum(["fulfilled", "shipped", "labelled", "delivered", "canceled", "paid"]))
    .describe("the changes made in Medusa; empty on a repeat"),
  failed: z
    .array(z.object({ index: z.int().describe("the item's place in `items`, from 0"), sku: z.string(), error: z.string() }))
    .optional()
    .describe("the items that could not be read or are not in the order; the others were shipped. Missing where there are none"),
  surplus: z
    .array(z.object({ sku: z.string(), quantity: z.number() }))
    .optional()
    .describe("the pieces beyond the open ones; the open ones were shipped. Missing where there are none"),
})
