import { z } from "zod"

import { WIRE_ERROR_STATUS, type WireErrorCode } from "../errors"

const code = z.enum(Object.keys(WIRE_ERROR_STATUS) as [WireErrorCode, ...WireErrorCode[]])

const ABSENT = "null where the product is to go out of the shop, in which it is not"

/** Remarks on a product of a push; each is left out where it does not apply. */
const notes = {
  stock: z.literal("skipped").optional().describe("the quantity was not applied; the rest of the product was"),
  reason: z.string().optional().describe("why the quantity was not applied"),
  oversold_by: z.number().optional().describe("how many pieces are sold and missing: those that the quantity is below 0, and those reserved beyond it"),
  rounded_from: z.number().optional().describe("the fraction that was rounded down to whole pieces"),
  warnings: z.array(z.string()).optional().describe("parts of the product that were ignored, and reasons why a new product or variant can not be bought yet"),
}

/** The answer to `POST /odoo/products` (contract 4). */
export const productAnswerSchema = z.object({
  success: z.boolean(),
  product: z.object({
    id: z.string().nullable().describe(ABSENT),
    title: z.string().nullable(),
    handle: z.string().nullable(),
    variant_id: z.string().nullable(),
    sku: z.string(),
    created: z.boolean().describe("whether the variant was created"),
    updated: z.boolean().describe("whether anything was changed; both are false for an unchanged product"),
  }),
  ...notes,
})

/** The answer to `POST /odoo/products/bulk` (contract 4). */
export const bulkProductsAnswerSchema = z.object({
  success: z.boolean().describe("true when no product failed"),
  results: z.object({
    total: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    errors: z.array(z.object({ index: z.int(), sku: z.string(), code, message: z.string() })),
    notes: z
      .array(z.object({ index: z.int(), sku: z.string(), ...notes }))
      .optional()
      .describe("remarks on single products"),
    dry_run: z.literal(true).optional(),
    items: z
      .array(
        z.object({
          index: z.int(),
          sku: z.string(),
          action: z.enum(["create", "update", "none", "fail"]),
          changes: z.array(z.string()).describe("what an update would change"),
        })
      )
      .optional()
      .describe("the plan for each product; only for a dry run"),
  }),
})

/** The answer to `DELETE /odoo/products/{sku}` (contract 4). */
export const deletedProductAnswerSchema = z.object({
  success: z.boolean(),
  sku: z.string(),
  variant_id: z.string(),
  product_id: z.string(),
  product_deleted: z.boolean().describe("whether it was the product's last variant"),
})

/** The answer to `POST /odoo/webhooks/products` (contract 6). */
export const productWebhookAnswerSchema = z.union([
  z.object({
    success: z.boolean(),
    action: z.enum(["created", "updated", "unchanged", "deleted"]),
    product: z.object({ variant_id: z.string().nullable(), product_id: z.string().nullable(), sku: z.string() }),
    ...notes,
  }),
  z.object({ success: z.boolean(), action: z.literal("inventory_created"), message: z.string(), sku: z.string(), ...notes }),
])
