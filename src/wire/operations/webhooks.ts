import { inventoryWebhookAnswerSchema } from "../answer-schemas/inventory"
import { inventoryWebhookBody } from "../schemas/inventory"
import { EXAMPLE } from "./example-ids"
import { operation } from "./operation"

/** The webhooks about stock (contract 6). */
export const webhookOperations = [
  operation({
    method: "post",
    path: "/odoo/webhooks/inventory",
    scope: "push",
    tag: "Webhooks",
    summary: "Stock has changed in Odoo",
    description:
      "Each item is a count (`absolute`) or a change (`delta`). One item that can not be applied does not stop the others. " +
      "A change that would go below zero fails with `insufficient_stock` and changes nothing. " +
      "A count below zero leaves none for sale, and says `oversold_by`. A count of parts of a piece is rounded down, and says `rounded_from`; a change of a part is refused. With the option `fractionalQuantities` both are taken as they are.",
    body: inventoryWebhookBody,
    answer: inventoryWebhookAnswerSchema,
    errors: ["VALIDATION_ERROR", "INVENTORY_ERROR"],
    examples: {
      "a count": {
        body: {
          event_type: "inventory.updated",
          items: [{ sku: "SHIRT-M", quantity: 12, adjustment_type: "absolute", warehouse_name: EXAMPLE.locationName }],
        },
        answer: {
          success: true,
          event_type: "inventory.updated",
          summary: { total: 1, processed: 1, failed: 0, not_found: 0 },
          results: [{ sku: "SHIRT-M", status: "success", previous_quantity: 50, new_quantity: 12 }],
        },
      },
      "a count below zero, and one of parts of a piece": {
        body: {
          event_type: "inventory.updated",
          items: [
            { odoo_product_id: 7, quantity: -3, warehouse_id: [1, EXAMPLE.locationName] },
            { sku: "SHIRT-M", quantity: 7.5, location_id: [8, EXAMPLE.locationName] },
          ],
        },
        answer: {
          success: true,
          event_type: "inventory.updated",
          summary: { total: 2, processed: 2, failed: 0, not_found: 0 },
          results: [
            { sku: "SHIRT-S", status: "success", previous_quantity: 12, new_quantity: 0, oversold_by: 3 },
            { sku: "SHIRT-M", status: "success", previous_quantity: 12, new_quantity: 7, rounded_from: 7.5 },
          ],
        },
      },
      "a change, and an unknown SKU": {
        body: {
          event_type: "stock.received",
          items: [
            { sku: "MUG-WHITE", quantity: 5, adjustment_type: "delta", location_id: EXAMPLE.locationId },
            { sku: "NO-SUCH-SKU", quantity: 1 },
          ],
        },
        answer: {
          success: false,
          event_type: "stock.received",
          summary: { total: 2, processed: 1, failed: 0, not_found: 1 },
          results: [
            { sku: "MUG-WHITE", status: "success", previous_quantity: 50, new_quantity: 55 },
            {
              sku: "NO-SUCH-SKU",
              status: "not_found",
              previous_quantity: null,
              new_quantity: null,
              error: "no stock record has this SKU",
            },
          ],
        },
      },
    },
  }),
]
