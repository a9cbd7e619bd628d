import { z } from "zod"

import { piecesLeftSchema, readPieces } from "../counts"
import { blankOptional, falseToUndefined, lineSchema, looseList, nameOfReference, odooNameSchema, odooOptional, readMany2one, renamed, singleLine, textSchema, timeSchema, withoutBlanks } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import { pastTimeSchema } from "../times"
import { IDENTITY_ALIASES, identityMembers, readItem, type Unreadable } from "./inventory"

/** The events about an order (contract 6). */
export const ORDER_EVENTS = [
  "order.confirmed",
  "order.shipped",
  "order.delivered",
  "order.cancelled",
  "order.invoiced",
  "order.paid",
] as const

export type OrderEvent = (typeof ORDER_EVENTS)[number]

/** An item of a part of an order that was shipped. */
const shippedItem = z.preprocess(
  (item) => renamed(IDENTITY_ALIASES)(withoutBlanks(item)),
  z
    .object({
      ...identityMembers,
      line_item_id: odooOptional(lineSchema),
      id: odooOptional(z.union([lineSchema, z.number()])).describe("the line item's id, where neither sku nor line_item_id is there"),
      quantity: piecesLeftSchema.describe("the shipped pieces; an item of 0 is ignored, because Odoo's deliveries have lines of which nothing was shipped"),
    })
    .transform(({ sku, line_item_id: lineItemId, id, odoo_product_id: odooId, quantity }) => ({
      sku: lineItemId === undefined ? sku : undefined,
      lineItemId: lineItemId ?? (sku === undefined && typeof id === "string" ? id : undefined),
      odooId,
      quantity,
    }))
    .refine((item) => [item.sku, item.lineItemId, item.odooId].some((name) => name !== undefined), "needs a sku, an odoo_product_id or a line_item_id")
)

export type ShippedItem = {
  sku?: string | undefined
  lineItemId?: string | undefined
  /** the id of the product in Odoo */
  odooId?: string | undefined
  quantity: number
}

const isReadable = (item: ShippedItem | Unreadable): item is ShippedItem => !("unreadable" in item)

/** The items of a part, each read by itself. A list without any readable item is refused, with the reason of each item. */
const shippedItems = looseList(shippedItem).transform((given, context) => {
  const items = given.map((item) => readItem(shippedItem, item))
  if (!items.some((item) => isReadable(item) && item.quantity > 0)) {
    for (const [index, item] of items.entries()) {
      context.addIssue({ code: "custom", path: [index], message: isReadable(item) ? "quantity: must be more than 0" : item.unreadable })
    }
    return z.NEVER
  }
  return items
})

/**
 * Reads the quantities of a part's items.
 * @param fractional whether the shop counts parts of a piece (the option `fractionalQuantities`)
 */
export function readShippedItems(items: readonly (ShippedItem | Unreadable)[], fractional: boolean): (ShippedItem | Unreadable)[] {
  return items.map((item) => {
    const reading = isReadable(item) ? readPieces(item.quantity, fractional) : undefined
    if (!isReadable(item) || reading === undefined) {
      return item
    }
    const sku = item.sku ?? item.lineItemId ?? ""
    return "refusal" in reading ? { sku, unreadable: `quantity: ${reading.refusal}` } : { ...item, ...reading }
  })
}

/** A time as text, because Medusa may store the input of a workflow as JSON. */
const time = odooOptional(pastTimeSchema().transform((value) => value.toISOString()))

const name = odooNameSchema

/** A text that Odoo may send as a number. */
const code = odooOptional(z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema))

/** Medusa's id or the display id of an order; Odoo may send the display id as a number. */
const medusaOrderId = odooOptional(z.union([z.int().min(1).transform(String), lineSchema]))

/** An address of at most the length that browsers accept. */
const link = odooOptional(singleLine(2048))

const orderAliases = renamed({
  x_medusa_order_id: "medusa_order_id",
  odoo_id: "odoo_order_id",
  id: "odoo_order_id",
  name: "odoo_order_name",
  carrier_tracking_ref: "tracking_number",
  carrier_tracking_url: "tracking_url",
  carrier: "carrier_name",
  confirmed_date: "confirmed_at",
  shipped_date: "shipped_at",
  delivered_date: "delivered_at",
  canceled_at: "cancelled_at",
  canceled_date: "cancelled_at",
  cancelled_date: "cancelled_at",
  invoiced_date: "invoiced_at",
  paid_date: "paid_at",
  reason: "cancelled_reason",
  payment_method: "payment_method_odoo",
})

/** Odoo's names of times, whose meaning depends on the event. */
const TIMES = new Map<string, (value: unknown) => unknown>([
  ["order.confirmed", renamed({ date_order: "confirmed_at" })],
  ["order.shipped", renamed({ date_done: "shipped_at" })],
  ["order.delivered", renamed({ date_done: "delivered_at" })],
  ["order.paid", renamed({ payment_date: "paid_at" })],
])

/** The name of a record that Odoo sends as `[3, "DHL"]` or as an object; undefined for a bare id. */
function nameIn(record: unknown): unknown {
  return typeof record === "object" && record !== null && "name" in record ? record.name : readMany2one(record)?.name
}

/** Takes the name of the carrier from Odoo's `carrier_id`, where there is no other one. */
function withCarrier(order: unknown): unknown {
  return typeof order === "object" && order !== null && "carrier_id" in order ? renamed({ carrier_of_id: "carrier_name" })({ ...order, carrier_of_id: nameIn(order.carrier_id) }) : order
}

const orderSchema = z
  .object({
    medusa_order_id: medusaOrderId,
    odoo_order_id: odooOptional(odooIdSchema),
    odoo_order_name: odooNameSchema,
    confirmed_at: time,
    shipped_at: time,
    tracking_number: code,
    tracking_url: link,
    carrier_name: name,
    items: odooOptional(shippedItems).describe("the shipped items, where a part of the order was shipped"),
    delivered_at: time,
    cancelled_at: time,
    cancelled_reason: z.preprocess(nameOfReference, blankOptional(textSchema)),
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
 * Unwraps the order, whose members may stand under `order` or beside the event (contract 1, "Tolerance"). Blank texts count as
 * missing: a shipment is not refused because its tracking number is not known yet. Only blank `items` are refused, because an
 * event without items is about the whole order.
 */
function unwrapOrder(value: unknown): unknown {
  const body = renamed({ event: "event_type" })(value)
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return body
  }
  const { event_type: eventType, order, ...members } = body as Record<string, unknown>
  const said = orderAliases(withoutBlanks(falseToUndefined(order) === undefined ? members : order, "items"))
  const named = typeof eventType === "string" ? (TIMES.get(eventType)?.(said) ?? said) : said
  return { event_type: eventType, order: withCarrier(named) }
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
