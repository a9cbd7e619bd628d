import { orderStatusAnswerSchema } from "../answer-schemas/order-webhooks"
import { orderStatusBody } from "../schemas/order-webhooks"
import { EXAMPLE } from "./example-ids"
import { operation } from "./operation"

/** The order in the answers of the examples, which has no link. */
const order = { medusa_order_id: EXAMPLE.orderId, display_id: 42, odoo_order_id: null, odoo_order_name: null }

/** The webhooks about orders (contract 6). */
export const orderWebhookOperations = [
  operation({
    method: "post",
    path: "/odoo/webhooks/order-status",
    scope: "push",
    tag: "Webhooks",
    summary: "Tell what happened to an order",
    description: [
      "The order is found by `medusa_order_id` (Medusa's id or the display id), or else by the `odoo_order_id` or `odoo_order_name` that it is linked to; one that is not linked yet is linked.",
      "",
      "- `order.confirmed`, `order.invoiced`: noted in the order's metadata.",
      "- `order.shipped`: what is not on its way yet is fulfilled and shipped, or the part that `items` names. Parts that follow each other are told apart by their `tracking_number` or `shipped_at`. Of more than is open, what is open is shipped, and `surplus` says the rest; an item that can not be read, or that the order does not have, stands in `failed`, and the others are shipped. A kit may be named by its parts.",
      "- Times are also read as `shipped_date`, `date_done` and the like, and are those of the fulfillment. One more than five minutes ahead of the shop's clock is refused.",
      "- `order.delivered`: the fulfillments are marked delivered, after shipping those that were not.",
      "- `order.cancelled`: the order is canceled and its reservations are released. One that was paid is a `CONFLICT`, unless the option `refundOnCancel` is on, which refunds it.",
      "- `order.paid`: the payment is captured, or marked as paid.",
      "",
      "What Medusa refuses is a `CONFLICT`; `details.effects` says what was done, `details.undone` which goods were left and why, and the same event sent again goes on from there.",
    ].join("\n"),
    body: orderStatusBody,
    answer: orderStatusAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT", "SYNC_FAILED"],
    examples: {
      "confirmed": {
        body: { event_type: "order.confirmed", order: { medusa_order_id: EXAMPLE.orderId, confirmed_at: "2026-11-21T17:40:00Z" } },
        answer: {
          success: true,
          event_type: "order.confirmed",
          order,
          metadata_updated: ["odoo_confirmed", "odoo_confirmed_at"],
          effects: [],
        },
      },
      "shipped in part": {
        body: {
          event_type: "order.shipped",
          order: {
            medusa_order_id: EXAMPLE.orderId,
            tracking_number: "AX123456789",
            tracking_url: "https://carrier.example/AX123456789",
            carrier_name: "Aramex",
            shipped_at: "2026-11-22T08:00:00Z",
            items: [{ sku: "SHIRT-S", quantity: 1 }],
          },
        },
        answer: {
          success: true,
          event_type: "order.shipped",
          order,
          metadata_updated: ["odoo_shipped", "odoo_shipped_at", "tracking_number", "tracking_url", "carrier_name"],
          effects: ["fulfilled", "shipped"],
        },
      },
      "delivered": {
        body: { event_type: "order.delivered", order: { medusa_order_id: EXAMPLE.orderId, delivered_at: "2026-11-23T10:00:00Z" } },
        answer: {
          success: true,
          event_type: "order.delivered",
          order,
          metadata_updated: ["odoo_delivered", "odoo_delivered_at"],
          effects: ["delivered"],
        },
      },
      "paid": {
        body: { event_type: "order.paid", order: { medusa_order_id: EXAMPLE.orderId, payment_method_odoo: "Bank", paid_at: "2026-11-24" } },
        answer: {
          success: true,
          event_type: "order.paid",
          order,
          metadata_updated: ["odoo_paid", "odoo_paid_at", "payment_method_odoo"],
          effects: ["paid"],
        },
      },
    },
  }),
]
