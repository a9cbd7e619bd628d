import { z } from "zod"

import { QUANTITY_IS } from "../schemas/inventory"
import { DRIFT_REASONS } from "../stock-report"
import { listAnswer } from "./common"

/** The answer to `GET /odoo/inventory` (contract 2). */
export const listInventoryAnswer = z.object({
  inventory: z.array(
    z.object({
      id: z.string().describe("the id of the inventory item, which has a row for each of its locations"),
      sku: z.string(),
      title: z.string(),
      stocked_quantity: z.number(),
      reserved_quantity: z.number(),
      available_quantity: z.number().describe("the stocked quantity less the reserved one"),
      incoming_quantity: z.number(),
      location_id: z.string().nullable().describe("null for an item without a location"),
      location_name: z.string().nullable(),
      product: z
        .object({
          id: z.string(),
          title: z.string(),
          handle: z.string(),
          variant_id: z.string(),
          variant_title: z.string(),
          barcode: z.string(),
          product_id: z.string(),
          product_title: z.string(),
        })
        .nullable()
        .optional()
        .describe("with `include_products`; null for an item without a product"),
    })
  ),
  ...listAnswer,
})

const quantity = z.number().nullable().describe("null where the stock does not exist")

const success = z.boolean().describe("true when every item was applied")

const sku = z.string()

const oversoldBy = z
  .number()
  .optional()
  .describe("how many pieces are sold and missing: those reserved beyond the stock, and those that Odoo counts below 0; the stock was set all the same. Missing for 0")

const roundedFrom = z
  .number()
  .optional()
  .describe("the count before it was rounded down to whole pieces, because the option `fractionalQuantities` is off")

const stale = z.int().optional().describe("how many were older than an applied statement; missing for 0")

/** The answer to `POST /odoo/inventory/update` (contract 5). */
export const updateStockAnswerSchema = z.object({
  success,
  status: z.literal("stale").optional().describe("where the statement is older than an applied one"),
  sku,
  location_id: z.string(),
  previous_quantity: z.number(),
  new_quantity: z.number(),
  oversold_by: oversoldBy,
  rounded_from: roundedFrom,
})

/** The answer to `POST /odoo/inventory/bulk-update` (contract 5). */
export const bulkUpdateAnswerSchema = z.object({
  success,
  results: z.object({
    total: z.int(),
    updated: z.int().describe("how many items agree with the stock now, unchanged ones included"),
    unchanged: z.int(),
    not_found: z.int(),
    stale,
    oversold: z
      .array(z.object({ index: z.int(), sku, location_id: z.string(), oversold_by: z.number() }))
      .optional()
      .describe("the applied items of which more is sold than there is; missing where there are none"),
    rounded: z
      .array(z.object({ index: z.int(), sku, location_id: z.string(), rounded_from: z.number() }))
      .optional()
      .describe("the items whose counts were rounded down to whole pieces; missing where there are none"),
    errors: z.array(
      z.object({
        index: z.int().describe("the index of the item in the request"),
        sku,
        status: z.literal("stale").optional(),
        code: z.string(),
        message: z.string(),
      })
    ),
  }),
})

/** The answer to `POST /odoo/inventory` (contract 5). */
export const syncStockAnswerSchema = z.object({
  success,
  summary: z.object({ total: z.int(), synced: z.int(), failed: z.int() }),
  results: z.array(
    z.object({
      sku,
      status: z.enum(["synced", "failed", "not_found", "stale"]),
      previous_quantity: quantity,
      new_quantity: quantity,
      oversold_by: oversoldBy,
      rounded_from: roundedFrom,
      error: z.string().optional(),
    })
  ),
})

const countedWithout = z
  .number()
  .optional()
  .describe("how many pieces a count of Odoo's after the sale did not contain any more, so that they were not taken again; missing for 0")

const surplus = z
  .number()
  .optional()
  .describe("how many pieces were not taken, because they exceed the open ones or, for a repeat, the ordered ones; missing for 0")

/** The answer to `POST /odoo/inventory/reduce` (contract 5). */
export const reduceAnswerSchema = z.object({
  success: z.boolean().describe("true when all goods of each item have left the stock, now or before"),
  order_id: z.string().nullable(),
  reason: z.string().nullable(),
  summary: z.object({ total_items: z.int(), successful: z.int(), failed: z.int(), insufficient_stock: z.int() }),
  results: z.array(
    z.object({
      sku,
      status: z
        .enum(["reduced", "insufficient_stock", "already_reduced", "not_found", "failed"])
        .describe("`failed`: the item could not be read, or makes no whole kit; `error` says why"),
      previous_quantity: quantity.describe("the stock at the location that the goods left; null where it does not exist"),
      new_quantity: quantity,
      reduced_by: z.number(),
      oversold_by: oversoldBy,
      counted_without: countedWithout,
      surplus,
      left_over: z.number().optional().describe("how many parts were not taken, because they make no whole kit; missing for 0"),
      error: z.string().optional().describe("why the item was not taken, or not all of it"),
    })
  ),
})

/** The answer to `POST /admin/inventory/reduce-stock` with the body of one SKU (contract 5). */
export const reduceOneAnswerSchema = z.object({
  success: z.boolean(),
  inventory_item: z.object({
    sku,
    previous_quantity: z.number(),
    reduced_by: z.number(),
    new_quantity: z.number(),
    counted_without: countedWithout,
    surplus,
  }),
})

/** The answer to `POST /admin/inventory/batch-update` (contract 5). */
export const batchUpdateAnswerSchema = z.object({
  success,
  updated: z.int(),
  failed: z.int(),
  results: z.array(
    z.object({
      sku,
      status: z.enum(["updated", "failed", "not_found", "stale"]),
      stocked_quantity: quantity,
      oversold_by: oversoldBy,
      rounded_from: roundedFrom,
      error: z.string().optional(),
    })
  ),
})

/** The answer to `POST /odoo/webhooks/inventory` (contract 6). */
export const inventoryWebhookAnswerSchema = z.object({
  success,
  event_type: z.string(),
  summary: z.object({ total: z.int(), processed: z.int(), failed: z.int(), not_found: z.int(), stale }),
  results: z.array(
    z.object({
      sku,
      status: z.enum(["success", "failed", "not_found", "stale"]),
      previous_quantity: quantity,
      new_quantity: quantity,
      oversold_by: oversoldBy,
      rounded_from: roundedFrom,
      error: z.string().optional(),
    })
  ),
})

const shopQuantity = z.number().nullable().describe("null for a count that could not be compared")

const stockDifference = z.object({
  index: z.int().describe("the index of the count in the request"),
  sku: sku.describe("as it was sent"),
  location_id: z.string().nullable(),
  location_name: z.string().nullable(),
  odoo_quantity: z.number().nullable().describe("the count as the shop reads it, 0 where it is below 0; null for one that can not be read"),
  quantity_is: z.enum(QUANTITY_IS).nullable().describe("the kind of the count"),
  stocked_quantity: shopQuantity,
  reserved_quantity: shopQuantity,
  available_quantity: shopQuantity,
  difference: z
    .number()
    .nullable()
    .describe("Odoo's number less the shop's: the stocked quantity for `on_hand`, the available one for `available`"),
  reasons: z
    .array(z.enum(DRIFT_REASONS))
    .describe(
      "why, as far as it is known. `reserved`: the difference is what is reserved, so Odoo has probably sent the other kind of number. " +
        "`oversold`: more is reserved than Odoo counts, or Odoo counts less than none. `no_level`: the item is not kept at this location. " +
        "`stale`: the count is older than what was applied last. `changed_since`: the stock, or what is reserved of it, changed in the shop after the count. " +
        "`duplicate`: another count of the request is about the same stock, and holds. `unknown_sku`, `unknown_location`, `unreadable`: it could not be compared"
    ),
  message: z.string().describe("the reasons in words"),
  applied: z.boolean().describe("whether the stock was set to the count"),
  new_quantity: z.number().nullable().optional().describe("the new stock; missing where it was not set"),
  oversold_by: z
    .number()
    .optional()
    .describe("how many pieces are sold and, by the count, missing: those reserved beyond it, and those that it is below 0"),
  rounded_from: roundedFrom,
})

/** The answer to `POST /odoo/inventory/compare`. */
export const compareStockAnswerSchema = z.object({
  success: z.boolean().describe("true when each count could be compared and, with `apply`, all differing stock was set"),
  applied: z.boolean().describe("whether the request asked to set differing stock"),
  summary: z.object({
    total: z.int(),
    equal: z.int(),
    differing: z.int(),
    unknown: z.int().describe("SKUs that the shop does not know"),
    failed: z.int().describe("counts that can not be read, or whose location does not exist"),
    duplicates: z.int().describe("counts of a stock for which another count of the request holds"),
    applied: z.int().optional().describe("how many were set; only with `apply`"),
    reasons: z.partialRecord(z.enum(DRIFT_REASONS), z.int()).describe("the number of counts with each reason"),
  }),
  differences: z.array(stockDifference).describe("the counts that differ"),
  oversold: z
    .array(z.object({ index: z.int(), sku, location_id: z.string(), oversold_by: z.number() }))
    .optional()
    .describe("the equal counts of which more is sold than there is; missing where there are none"),
  rounded: z
    .array(z.object({ index: z.int(), sku, location_id: z.string(), rounded_from: z.number() }))
    .optional()
    .describe("the counts that are equal after rounding down to whole pieces; missing where there are none"),
})
