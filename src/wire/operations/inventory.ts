import { z } from "zod"

import {
  batchUpdateAnswerSchema,
  bulkUpdateAnswerSchema,
  compareStockAnswerSchema,
  listInventoryAnswer,
  reduceAnswerSchema,
  reduceOneAnswerSchema,
  syncStockAnswerSchema,
  updateStockAnswerSchema,
} from "../answer-schemas/inventory"
import { batchUpdateBody, bulkUpdateBody, compareStockBody, compareStockQuery, syncStockBody, updateStockBody } from "../schemas/inventory"
import { listInventoryQuery } from "../schemas/inventory-list"
import { reduceBody, reduceOneBody } from "../schemas/reduce"
import { stockReport, type StockDifference } from "../stock-report"
import { stockReportCsv } from "../stock-report-csv"
import { EXAMPLE } from "./example-ids"
import { operation } from "./operation"

const COUNTS = [
  { sku: "SHIRT-S", quantity: 40 },
  { sku: "SHIRT-M", quantity: 12 },
]

const REDUCED_SHIRT = { sku: "SHIRT-S", status: "reduced", previous_quantity: 40, new_quantity: 39, reduced_by: 1 }

const reduceExample = {
  body: { order_id: EXAMPLE.orderId, reason: "delivered", items: [{ sku: "SHIRT-S", quantity: 1 }] },
  answer: {
    success: true,
    order_id: EXAMPLE.orderId,
    reason: "delivered",
    summary: { total_items: 1, successful: 1, failed: 0, insufficient_stock: 0 },
    results: [REDUCED_SHIRT],
  },
}

const DIFFERENCE: StockDifference = {
  index: 0,
  sku: "SHIRT-S",
  location_id: EXAMPLE.locationId,
  location_name: EXAMPLE.locationName,
  odoo_quantity: 48,
  quantity_is: "on_hand",
  stocked_quantity: 50,
  reserved_quantity: 2,
  available_quantity: 48,
  difference: -2,
  reasons: ["reserved"],
  message:
    "Odoo counts 48 on hand, the shop has 50; the difference is what is reserved: Odoo seems to have counted what is available (quantity_is: available)",
  applied: false,
}

const REPORT = stockReport(2, [DIFFERENCE], false)

const ONCE =
  "Reductions of an order add up, to what was ordered: what is said beyond it is `already_reduced`, and so is what left " +
  "with a fulfillment, because both speak of the same goods. What was reserved for it is reserved no more. A part that may " +
  "be sent again needs an idempotency key: it can not be told from the next part. Without an order it is a plain " +
  "decrease, which only such a key keeps from counting twice. SKUs are those of the order's lines; a kit may be named by " +
  "all of its parts, as far as they make whole ones. A part of a piece is an item's error, unless the option " +
  "`fractionalQuantities` is on; of an order of parts of a piece, no more is taken than is open."

const READING =
  "A count below zero leaves none for sale, and says `oversold_by`; a fraction is rounded down to whole pieces, and says `rounded_from`, unless the option `fractionalQuantities` is on."

/** The routes of stock (contract 5). */
export const inventoryOperations = [
  operation({
    method: "get",
    path: "/odoo/inventory",
    scope: "read",
    tag: "Inventory",
    summary: "List stock",
    description:
      "One row for each item at each location, and one with zeros for an item that is at none. `sku` finds a part, in any case. With `low_stock=true` only rows are listed of which less than `low_stock_threshold` is available; the threshold alone narrows nothing. `updated_since` looks at the item and at its stock.",
    query: listInventoryQuery,
    answer: listInventoryAnswer,
    errors: ["VALIDATION_ERROR", "NOT_FOUND"],
    examples: {
      "with products": {
        query: { sku: "shirt-s", include_products: "true" },
        answer: {
          inventory: [
            {
              id: "iitem_01JD3XK8V7Q2M5N9P4R6T8W0YD",
              sku: "SHIRT-S",
              title: "S",
              stocked_quantity: 50,
              reserved_quantity: 2,
              available_quantity: 48,
              incoming_quantity: 0,
              location_id: EXAMPLE.locationId,
              location_name: EXAMPLE.locationName,
              product: {
                id: "prod_01JD3XK8V7Q2M5N9P4R6T8W0YE",
                title: "Cotton shirt",
                handle: "cotton-shirt",
                variant_id: "variant_01JD3XK8V7Q2M5N9P4R6T8W0YF",
                variant_title: "S",
                barcode: "6291041500213",
                product_id: "prod_01JD3XK8V7Q2M5N9P4R6T8W0YE",
                product_title: "Cotton shirt",
              },
            },
          ],
          total: 1,
          limit: 100,
          offset: 0,
          pagination: { total: 1, limit: 100, offset: 0, has_more: false, next_cursor: null },
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/inventory/update",
    scope: "push",
    tag: "Inventory",
    summary: "Set the stock of one SKU",
    description: READING,
    body: updateStockBody,
    answer: updateStockAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "SKU_NOT_FOUND", "INVENTORY_ERROR"],
    examples: {
      "a count": {
        body: { sku: "SHIRT-S", quantity: 40, location_id: EXAMPLE.locationId },
        answer: {
          success: true,
          sku: "SHIRT-S",
          location_id: EXAMPLE.locationId,
          previous_quantity: 50,
          new_quantity: 40,
        },
      },
      "Odoo has delivered more than it had": {
        body: { odoo_product_id: 7, quantity: -3, location_id: [8, EXAMPLE.locationName] },
        answer: {
          success: true,
          sku: "SHIRT-S",
          location_id: EXAMPLE.locationId,
          previous_quantity: 12,
          new_quantity: 0,
          oversold_by: 3,
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/inventory/bulk-update",
    scope: "push",
    tag: "Inventory",
    summary: "Set the stock of many SKUs",
    description: `One item that can not be applied does not stop the others. ${READING}`,
    body: bulkUpdateBody,
    answer: bulkUpdateAnswerSchema,
    errors: ["VALIDATION_ERROR", "INVENTORY_ERROR"],
    examples: {
      "two counts": {
        body: { items: COUNTS },
        answer: { success: true, results: { total: 2, updated: 2, unchanged: 0, not_found: 0, errors: [] } },
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/inventory",
    scope: "push",
    tag: "Inventory",
    summary: "Set the stock of many SKUs, known or not",
    description:
      "A SKU that the shop does not know gets a stock record. Its stock moves to the variant with that SKU as soon as there is one. " +
      READING,
    body: syncStockBody,
    answer: syncStockAnswerSchema,
    errors: ["VALIDATION_ERROR", "INVENTORY_ERROR"],
    examples: {
      "a known and an unknown SKU": {
        body: { items: [COUNTS[0], { sku: "CAP-RED", quantity: 7, title: "Red cap" }] },
        answer: {
          success: true,
          summary: { total: 2, synced: 2, failed: 0 },
          results: [
            { sku: "SHIRT-S", status: "synced", previous_quantity: 50, new_quantity: 40 },
            { sku: "CAP-RED", status: "synced", previous_quantity: 0, new_quantity: 7 },
          ],
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/inventory/compare",
    scope: "read",
    scopesWith: { apply: "write" },
    tag: "Inventory",
    summary: "Compare the stock with Odoo's counts",
    description:
      "Takes Odoo's counts, and answers each that the shop differs from, by how much, and why as far as that is known. Nothing is written, unless `apply` is true: then what differs is set as by a push. What is `stale`, a `duplicate` or unknown is not set. " +
      "Items are read and find their stock as those of `/odoo/inventory/bulk-update` do. An item without a level at a location has none there, which a count of 0 agrees with. Of several counts of one stock, the last that is not outdated is compared.",
    query: compareStockQuery,
    body: compareStockBody,
    answer: compareStockAnswerSchema,
    otherForms: { "text/csv": { answer: z.string(), example: stockReportCsv(REPORT) } },
    errors: ["VALIDATION_ERROR", "INVENTORY_ERROR"],
    examples: {
      "two counts, of which one differs": {
        body: { items: [{ sku: "SHIRT-S", quantity: 48, updated_at: "2026-11-21T17:34:58Z" }, { sku: "SHIRT-M", quantity: 50 }] },
        answer: REPORT,
      },
      "what differs is set": {
        body: { items: [{ sku: "SHIRT-S", quantity: 40 }], apply: true },
        answer: stockReport(
          1,
          [
            {
              ...DIFFERENCE,
              odoo_quantity: 40,
              difference: -10,
              reasons: [],
              message: "Odoo counts 40 on hand, the shop has 50",
              applied: true,
              new_quantity: 40,
            },
          ],
          true
        ),
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/inventory/reduce",
    scope: "push",
    tag: "Inventory",
    summary: "Take goods of an order out of the stock, once",
    description: ONCE,
    body: reduceBody,
    answer: reduceAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT", "INVENTORY_ERROR", "SYNC_FAILED"],
    examples: { "one piece of an order": reduceExample },
  }),
  operation({
    method: "post",
    path: "/admin/inventory/batch-update",
    tag: "Inventory",
    summary: "Set the stock of many SKUs (older form)",
    description: READING,
    body: batchUpdateBody,
    answer: batchUpdateAnswerSchema,
    errors: ["VALIDATION_ERROR", "INVENTORY_ERROR"],
    examples: {
      "one count": {
        body: { updates: [{ sku: "SHIRT-S", stocked_quantity: 40 }] },
        answer: { success: true, updated: 1, failed: 0, results: [{ sku: "SHIRT-S", status: "updated", stocked_quantity: 40 }] },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/inventory/reduce-stock",
    tag: "Inventory",
    summary: "Take goods of an order out of the stock, once (older form)",
    description: ONCE,
    body: reduceBody.or(reduceOneBody),
    answer: reduceAnswerSchema.or(reduceOneAnswerSchema),
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "SKU_NOT_FOUND", "CONFLICT", "INVENTORY_ERROR", "SYNC_FAILED"],
    examples: {
      "one SKU": {
        body: { sku: "SHIRT-S", quantity: 1, order_id: EXAMPLE.orderId, reason: "delivered" },
        answer: {
          success: true,
          inventory_item: { sku: "SHIRT-S", previous_quantity: 40, reduced_by: 1, new_quantity: 39 },
        },
      },
      "several SKUs": reduceExample,
    },
  }),
]
