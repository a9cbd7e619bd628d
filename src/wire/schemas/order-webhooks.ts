import { z } from "zod"

import { piecesLeftSchema, readPieces } from "../counts"
import { blankOptional, falseToUndefined, lineSchema, looseList, nameOfReference, odooNameSchema, odooOptional, readMany2one, renamed, singleLine, textSchema, timeSchema, withoutBlanks } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import { pastTimeSchema } from "../times"
import { IDENTITY_ALIASES, identityMembers, readItem, type Unreadable } from "./inventory"

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
  (item) => renamed(IDENTITY_ALIASES)(withoutBlanks(item)),
  z
    .object({
      ...identityMembers,
      line_item_id: odooOptional(lineSchema),
      id: odooOptional(z.union([lineSchema, z.number()])).describe("the line item's id, where neither sku nor line_item_id is there"),
      quantity: piecesLeftSchema.describe("how many were shipped; an item of 0 is left out, as of a line of Odoo's delivery of which nothing was done"),
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
  /** Odoo's id of the product */
  odooId?: string | undefined
  quantity: number
}

const isReadable = (item: ShippedItem | Unreadable): item is ShippedItem => !("unreadable" in item)

/** The items of a part, read one by one; of a list of which none can be shipped, each says why. */
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
 * @param fractional whether parts of a piece may be said to have left (the option `fractionalQuantities`)
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

/** A time as text, because a workflow's input may be written down on the way. */
const time = odooOptional(pastTimeSchema().transform((value) => value.toISOString()))

const name = odooNameSchema

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

/** Odoo's own names of times, which say of what they are only together with the event. */
const TIMES = new Map<string, (value: unknown) => unknown>([
  ["order.confirmed", renamed({ date_order: "confirmed_at" })],
  ["order.shipped", renamed({ date_done: "shipped_at" })],
  ["order.delivered", renamed({ date_done: "delivered_at" })],
  ["order.paid", renamed({ payment_date: "paid_at" })],
])

/** The name of a record that Odoo sends as `[3, "DHL"]` or as an object; a bare id names nothing. */
function nameIn(record: unknown): unknown {
  return typeof record === "object" && record !== null && "name" in record ? record.name : readMany2one(record)?.name
}

/** Reads Odoo's `carrier_id`, where there is no name by itself. */
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
    items: odooOptional(shippedItems).describe("what was shipped, where it is a part of the order"),
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
