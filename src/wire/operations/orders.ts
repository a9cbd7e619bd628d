import { orderAnswerSchema, orderListAnswerSchema, orderSyncedAnswerSchema, patchOrderAnswerSchema } from "../answer-schemas/orders"
import { listOrdersQuery, orderSyncedBody, patchOrderBody } from "../schemas/orders"
import { EXAMPLE } from "./example-ids"
import { operation } from "./operation"
import { EXAMPLE_ORDER, EXAMPLE_ORDER_DETAIL } from "./order-examples"

const ORDER_ID = { id: "Medusa's id of the order, or the display id that people see" }

const params = { id: EXAMPLE.orderId }

/** The routes of orders (contract 2 and 3). */
export const orderOperations = [
  operation({
    method: "get",
    path: "/odoo/orders",
    scope: "read",
    tag: "Orders",
    summary: "List orders",
    description:
      "Oldest first. `offset` serves for a look at a page; `cursor` stays right while orders come in. Drafts are listed only where `status` asks for them.",
    query: listOrdersQuery,
    answer: orderListAnswerSchema,
    errors: ["VALIDATION_ERROR"],
    examples: {
      "the orders that Odoo does not have yet": {
        query: { synced: "false", limit: "50" },
        answer: {
          orders: [EXAMPLE_ORDER],
          total: 1,
          limit: 50,
          offset: 0,
          pagination: { total: 1, limit: 50, offset: 0, has_more: false, next_cursor: null },
        },
      },
    },
  }),
  operation({
    method: "get",
    path: "/odoo/orders/{id}",
    scope: "read",
    tag: "Orders",
    summary: "Show one order with its payments, fulfillments and refunds",
    params: ORDER_ID,
    answer: orderAnswerSchema,
    errors: ["NOT_FOUND"],
    examples: { "an order": { params, answer: { order: EXAMPLE_ORDER_DETAIL } } },
  }),
  operation({
    method: "patch",
    path: "/odoo/orders/{id}",
    scope: "write",
    tag: "Orders",
    summary: "Change an order",
    description:
      "`status` can be set to `completed` and `canceled`, through Medusa's own workflows; what they refuse is a `CONFLICT`, and then nothing is written. Metadata is merged, null removes a key. `odoo_order_id` links the order; where it is left out, the `odoo_order_id` of `metadata` does, with its `odoo_order_name` and `odoo_sync_date`, unless `odoo_synced` is false beside it. Another link than the order has is a `CONFLICT`.",
    params: ORDER_ID,
    body: patchOrderBody,
    answer: patchOrderAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT", "SYNC_FAILED"],
    examples: {
      "Odoo's status and a note": {
        params,
        body: { odoo_status: "sale", metadata: { warehouse_note: "fragile" } },
        answer: {
          success: true,
          order_id: EXAMPLE.orderId,
          order: {
            ...EXAMPLE_ORDER_DETAIL,
            metadata: { warehouse_note: "fragile", ...EXAMPLE_ORDER_DETAIL.metadata },
            odoo: { ...EXAMPLE_ORDER_DETAIL.odoo, odoo_status: "sale" },
          },
          metadata: { warehouse_note: "fragile", ...EXAMPLE_ORDER_DETAIL.metadata },
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/orders/{id}/synced",
    scope: "write",
    tag: "Orders",
    summary: "Link an order to its sale order",
    description: "A repeat changes nothing; another `odoo_order_id` is a `CONFLICT` unless `force` is true.",
    params: ORDER_ID,
    body: orderSyncedBody,
    answer: orderSyncedAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT"],
    examples: {
      "a sale order": {
        params,
        body: { odoo_order_id: 7, odoo_order_name: "S00007", synced_at: "2026-11-21T17:35:02Z", force: true },
        answer: {
          success: true,
          order_id: EXAMPLE.orderId,
          odoo_order_id: 7,
          odoo_order_name: "S00007",
          synced_at: "2026-11-21T17:35:02.000Z",
        },
      },
    },
  }),
]
