import { z } from "@medusajs/framework/zod"

import { lineSchema, odooOptional, quantitySchema, renamed, skuSchema } from "../normalise"

const reference = odooOptional(z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema))

const reduceItem = z.preprocess(renamed({ default_code: "sku" }), z.object({ sku: skuSchema, quantity: quantitySchema }))

/** Pieces of a SKU that have left the stock. */
export type ReduceItem = z.output<typeof reduceItem>

/** The body of `POST /odoo/inventory/reduce` (contract 5). Its items are of one order, and are taken as a whole. */
export const reduceBody = z.object({
  order_id: reference.describe("Medusa's id or the display id; left out for a decrease that belongs to no order"),
  reason: odooOptional(lineSchema),
  items: z.array(reduceItem, "must be a list").min(1, "must not be empty"),
})

/** The other body of `POST /admin/inventory/reduce-stock`: one SKU (contract 5). */
export const reduceOneBody = z.preprocess(
  renamed({ default_code: "sku" }),
  z.object({ sku: skuSchema, quantity: quantitySchema, order_id: reference, reason: odooOptional(lineSchema) })
)
