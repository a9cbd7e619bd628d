import { z } from "zod"

import type { OrderDetail } from "../order-detail"
import type { OrderDocument } from "../order-document"
import { addressAnswer } from "./address"
import { isoTime, listAnswer, odooId } from "./common"

/** An amount in the wire's unit: an integer of the currency's minor unit, unless the shop speaks major units. */
const amount = z.number()

const addressSchema = z.object(addressAnswer)

const itemSchema = z.object({
  id: z.string(),
  title: z.string(),
  variant_title: z.string(),
  sku: z.string(),
  barcode: z.string(),
  weight: z.number().nullable(),
  quantity: z.number().describe("the ordered pieces"),
  returned_quantity: z.number().describe("how many of them were returned; sums do not contain them"),
  unit_price: amount.describe("the price in the shop; `is_tax_inclusive` says whether it contains tax"),
  is_tax_inclusive: z.boolean(),
  subtotal: amount.describe("without tax, before discount"),
  discount_total: amount.describe("without tax"),
  tax_total: amount,
  total: amount.describe("subtotal − discount_total + tax_total"),
  variant_id: z.string().nullable(),
  product_id: z.string().nullable(),
  odoo_product_id: odooId.nullable(),
})

/** The metadata of an order: the shop's own members, and those that show the link. */
const metadataSchema = z.looseObject({
  odoo_synced: z.boolean(),
  odoo_order_id: odooId.nullable(),
  odoo_sync_date: isoTime.nullable(),
})

/** An order, as lists and webhooks show it (contract 2). */
export const orderSchema = z.object({
  id: z.string(),
  display_id: z.int(),
  status: z.string(),
  payment_status: z.string(),
  fulfillment_status: z.string(),
  email: z.string(),
  currency_code: z.string().describe("ISO 4217, lower case"),
  created_at: isoTime,
  updated_at: isoTime,
  canceled_at: isoTime.nullable(),
  customer: z.object({
    id: z.string().nullable(),
    email: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    phone: z.string(),
    has_account: z.boolean(),
  }),
  shipping_address: addressSchema,
  billing_address: addressSchema,
  items: z.array(itemSchema),
  shipping_methods: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      amount: amount.describe("without tax, before discount"),
      discount_total: amount.describe("without tax; a part of the order's"),
      tax_total: amount,
      total: amount.describe("amount − discount_total + tax_total"),
    })
  ),
  subtotal: amount.describe("the items' subtotals"),
  discount_total: amount.describe("without tax; of items and shipping, credits included"),
  tax_total: amount,
  shipping_total: amount.describe("the shipping methods' amounts"),
  total: amount.describe("subtotal − discount_total + shipping_total + tax_total"),
  metadata: metadataSchema,
  odoo: z.object({
    synced: z.boolean(),
    odoo_order_id: odooId.nullable(),
    odoo_order_name: z.string().nullable(),
    odoo_status: z.string().nullable(),
    synced_at: isoTime.nullable(),
  }),
})

/** The single order (contract 2). */
const orderDetailSchema = orderSchema.extend({
  payments: z.array(
    z.object({
      id: z.string(),
      provider_id: z.string(),
      amount,
      status: z.enum(["authorized", "partially_captured", "captured", "partially_refunded", "refunded", "canceled"]),
      captured_at: isoTime.nullable(),
    })
  ),
  fulfillments: z.array(
    z.object({
      id: z.string(),
      shipped_at: isoTime.nullable(),
      delivered_at: isoTime.nullable(),
      canceled_at: isoTime.nullable(),
      tracking: z.array(z.object({ number: z.string(), url: z.string() })),
      items: z.array(z.object({ line_item_id: z.string(), sku: z.string(), quantity: z.number() })),
    })
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      payment_id: z.string(),
      amount: amount.describe("positive: the amount that the shopper got back"),
      reason: z.string().nullable(),
      note: z.string().nullable(),
      created_at: isoTime,
    })
  ),
})

/** A document that fits its schema. One that the schema does not describe does not compile. */
type Described<Document extends z.input<Schema>, Schema extends z.ZodType> = Document
export type DescribedOrder = Described<OrderDocument, typeof orderSchema>
export type DescribedOrderDetail = Described<OrderDetail, typeof orderDetailSchema>

/** The answer to `GET /odoo/orders` (contract 1 and 2). */
export const orderListAnswerSchema = z.object({ orders: z.array(orderSchema), ...listAnswer })

/** The answer to `GET /odoo/orders/{id}` (contract 2). */
export const orderAnswerSchema = z.object({ order: orderDetailSchema })

/** The answer to `PATCH /odoo/orders/{id}` (contract 3). */
export const patchOrderAnswerSchema = z.object({
  success: z.literal(true),
  order_id: z.string(),
  order: orderDetailSchema,
  metadata: metadataSchema,
})

/** The answer to `POST /odoo/orders/{id}/synced` (contract 3). */
export const orderSyncedAnswerSchema = z.object({
  success: z.literal(true),
  order_id: z.string(),
  odoo_order_id: odooId,
  odoo_order_name: z.string().nullable(),
  synced_at: isoTime,
})
