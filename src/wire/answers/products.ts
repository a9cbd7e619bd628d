import { z } from "@medusajs/framework/zod"

import { WIRE_ERROR_STATUS, type WireErrorCode } from "../errors"

const code = z.enum(Object.keys(WIRE_ERROR_STATUS) as [WireErrorCode, ...WireErrorCode[]])

/** The answer to `POST /odoo/products` (contract 4). */
export const productAnswerSchema = z.object({
  success: z.boolean(),
  product: z.object({
    id: z.string(),
    title: z.string(),
    handle: z.string(),
    variant_id: z.string(),
    sku: z.string(),
    created: z.boolean().describe("whether the variant was made"),
    updated: z.boolean().describe("whether anything differed; neither for a product that was as it is already"),
  }),
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
      .describe("what would become of each product; only of a dry run"),
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
  }),
  z.object({ success: z.boolean(), action: z.literal("inventory_created"), message: z.string(), sku: z.string() }),
])
