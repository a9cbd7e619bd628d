import { z } from "@medusajs/framework/zod"

import { falseToUndefined, lineSchema, odooNameSchema, odooOptional, quantitySchema, renamed, singleLine, skuSchema, textSchema, timeSchema, withoutBlanks } from "../normalise"
import { odooIdSchema } from "../odoo-id"

/** What Odoo tells of an order (contract 6). */
export const ORDER_EVENTS = [
  "order.confirmed",
  "order.shipped",
  "order.delivered",
  "order.cancelled",
  "order.invoiced",
  "order.paid",
] as const

export type OrderEvent = (typeof ORDER_EVENTS)[number]

/** One line of a shipment of a part: which line of the order, and how many of it. */
const shippedItem = z.preprocess(
  (item) => renamed({ default_code: "sku" })(withoutBlanks(item)),
  z
    .object({
      sku: odooOptional(skuSchema),
      line_item_id: odooOptional(lineSchema),
      id: odooOptional(z.union([lineSchema, z.number()])).describe("the line item's id, where neither sku nor line_item_id is there"),
      quantity: quantitySchema.refine((quantity) => quantity > 0, "must be at least 1"),
    })
    .transform(({ sku, line_item_id: lineItemId, id, quantity }) => ({
      sku: lineItemId === undefined ? sku : undefined,
      lineItemId: lineItemId ?? (sku === undefined && typeof id === "string" ? id : undefined),
      quantity,
    }))
    .refine(({ sku, lineItemId }) => sku !== undefined || lineItemId !== undefined, "needs a sku or a line_item_id")
)

export type ShippedItem = z.output<typeof shippedItem>

/** A time as text, because a workflow's input may be written down on the way. */
const time = odooOptional(timeSchema("start").transform((value) => value.toISOString()))

const name = odooOptional(odooNameSchema)

/** A number or a code that Odoo may send as either. */
const code = odooOptional(z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema))

/** Medusa's id or the display id, which Odoo may send as a number of either kind. */
const medusaOrderId = odooOptional(z.union([z.int().min(1).transform(String), lineSchema]))

/** As long as browsers take an address. */
const link = odooOptional(singleLine(2048))

const orderAliases = renamed({
  x_medusa_order_id: "medusa_order_id",
  odoo_id: "odoo_order_id",
  id: "odoo_order_id",
  name: "odoo_order_name",
  carrier_tracking_ref: "tracking_number",
  carrier_tracking_url: "tracking_url",
  carrier: "carrier_name",
  canceled_at: "cancelled_at",
  reason: "cancelled_reason",
  payment_method: "payment_method_odoo",
})

const orderSchema = z
  .object({
    medusa_order_id: medusaOrderId,
    odoo_order_id: odooOptional(odooIdSchema),
    odoo_order_name: odooOptional(lineSchema),
    confirmed_at: time,
    shipped_at: time,
    tracking_number: code,
    tracking_url: link,
    carrier_name: name,
    items: odooOptional(z.array(shippedItem, "must be a list").min(1, "must not be empty")).describe(
      "what was shipped, where it is a part of the order"
    ),
    delivered_at: time,
    cancelled_at: time,
    cancelled_reason: odooOptional(textSchema.min(1)),
    invoiced_at: time,
    invoice_number: name,
    invoice_date: odooOptional(lineSchema.refine((text) => timeSchema().safeParse(text).success, "must be a date such as 2026-11-21")),
    paid_at: time,
    payment_method_odoo: name,
  })
  .refine(
    (order) => order.medusa_order_id !== undefined || order.odoo_order_id !== undefined || order.odoo_order_name !== undefined,
    "needs medusa_order_id, odoo_order_id or odoo_order_name"
  )

/**
 * The order may lie under `order`, or its members beside the event (contract 1, "Tolerance"). A blank text says nothing:
 * a tracking number that is not known yet is no reason to refuse a shipment. Only `items` that came blank are refused,
 * because an event without them is about the whole order.
 */
function unwrapOrder(value: unknown): unknown {
  const body = renamed({ event: "event_type" })(value)
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return body
  }
  const { event_type: eventType, order, ...members } = body as Record<string, unknown>
  return { event_type: eventType, order: orderAliases(withoutBlanks(falseToUndefined(order) === undefined ? members : order, "items")) }
}

/** The body of `POST /odoo/webhooks/order-status` (contract 6). */
export const orderStatusBody = z.preprocess(
  unwrapOrder,
  z.object({
    event_type: z.preprocess(
      (value) => (value === "order.canceled" ? "order.cancelled" : value),
      z.enum(ORDER_EVENTS, { error: `must be one of ${ORDER_EVENTS.join(", ")}` })
    ),
    order: orderSchema,
  })
)

export type OrderStatusBody = z.output<typeof orderStatusBody>
