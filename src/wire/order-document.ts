import { BigNumber } from "bignumber.js"

import { roundToCurrency, toAmount, toWireAmount, type AmountUnit } from "./money"
import { toOdooId } from "./odoo-id"

/** An amount as a source may give it: a number, a decimal string, or Medusa's wrapper around exact digits. */
export type AmountSource = unknown

type Text = string | null | undefined

export type AddressSource = Partial<Record<(typeof ADDRESS_FIELDS)[number], Text>>

export type OrderItemSource = {
  id: string
  title?: Text
  product_title?: Text
  variant_title?: Text
  variant_sku?: Text
  variant_barcode?: Text
  variant_id?: Text
  product_id?: Text
  quantity: AmountSource
  unit_price: AmountSource
  subtotal: AmountSource
  discount_subtotal: AmountSource
  tax_total: AmountSource
  total: AmountSource
  variant?: {
    weight?: number | null
    barcode?: Text
    metadata?: Record<string, unknown> | null
    product?: { metadata?: Record<string, unknown> | null } | null
  } | null
}

/** What an order document is made from: an order of Medusa with its totals, statuses and relations. */
export type OrderSource = {
  id: string
  display_id: number
  status: string
  payment_status: string
  fulfillment_status: string
  email?: Text
  currency_code: string
  created_at: Date | string
  updated_at: Date | string
  canceled_at?: Date | string | null
  metadata?: Record<string, unknown> | null
  customer?: {
    id?: Text
    email?: Text
    first_name?: Text
    last_name?: Text
    phone?: Text
    has_account?: boolean | null
  } | null
  shipping_address?: AddressSource | null
  billing_address?: AddressSource | null
  items?: OrderItemSource[] | null
  shipping_methods?: { id: string; name?: Text; subtotal: AmountSource }[] | null
  tax_total: AmountSource
  discount_subtotal: AmountSource
  credit_line_total?: AmountSource
  shipping_subtotal?: AmountSource
  total: AmountSource
}

/** What Odoo calls the order, where it knows it. */
export type LinkSource = {
  odoo_id: string
  odoo_name: string | null
  odoo_status: string | null
  synced_at: Date
}

const ADDRESS_FIELDS = [
  "first_name",
  "last_name",
  "company",
  "address_1",
  "address_2",
  "city",
  "province",
  "postal_code",
  "country_code",
  "phone",
] as const

/** Receivers build names and addresses by joining these: a null would read "None". */
const text = (value: Text): string => value ?? ""

/** Some receivers call `.get()` on it, so there is always an object. */
function addressDocument(address: AddressSource | null | undefined) {
  return Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, text(address?.[field])])) as Record<
    (typeof ADDRESS_FIELDS)[number],
    string
  >
}

function customerDocument(order: OrderSource) {
  const { customer, shipping_address: shipping, billing_address: billing } = order
  return {
    id: customer?.id ?? null,
    // receivers search the partner by it, and mind the case
    email: text(customer?.email ?? order.email).toLowerCase(),
    // a guest's name stands in the address alone
    first_name: text(customer?.first_name ?? shipping?.first_name ?? billing?.first_name),
    last_name: text(customer?.last_name ?? shipping?.last_name ?? billing?.last_name),
    phone: text(customer?.phone ?? shipping?.phone ?? billing?.phone),
    has_account: customer?.has_account ?? false,
  }
}

function odooProductId(item: OrderItemSource): number | string | null {
  const value = item.variant?.metadata?.odoo_id ?? item.variant?.product?.metadata?.odoo_id
  return typeof value === "number" || typeof value === "string" ? toOdooId(String(value)) : null
}

function itemDocument(item: OrderItemSource, amount: (value: AmountSource) => number) {
  return {
    id: item.id,
    title: text(item.product_title ?? item.title),
    variant_title: text(item.variant_title),
    sku: text(item.variant_sku),
    barcode: text(item.variant_barcode ?? item.variant?.barcode),
    weight: item.variant?.weight ?? null,
    quantity: toAmount(item.quantity).toNumber(),
    unit_price: amount(item.unit_price),
    subtotal: amount(item.subtotal),
    discount_total: amount(item.discount_subtotal),
    tax_total: amount(item.tax_total),
    total: amount(item.total),
    variant_id: item.variant_id ?? null,
    product_id: item.product_id ?? null,
    odoo_product_id: odooProductId(item),
  }
}

/**
 * The order's sums, each rounded to the currency, so that items' subtotals − discount + shipping + tax = total holds
 * to the last unit (contract 1, "Amounts"). Medusa calculates with more digits than a currency has: `total` is
 * what the shopper pays and stays; what rounding left over goes to the tax, or, without tax, to the discount.
 * All sums are without tax but the tax itself and the total; credit lines count as discount.
 */
function sums(order: OrderSource) {
  const round = (value: AmountSource) => roundToCurrency(toAmount(value), order.currency_code)
  const total = round(order.total)
  const shipping = round(order.shipping_subtotal)
  const items = (order.items ?? []).reduce((sum, item) => sum.plus(round(item.subtotal)), new BigNumber(0))
  const discount = round(toAmount(order.discount_subtotal).plus(toAmount(order.credit_line_total)))
  const taxed = !toAmount(order.tax_total).isZero()
  const rest = total.minus(items).minus(shipping).plus(discount)
  return taxed || rest.isZero()
    ? { total, shipping, items, discount, tax: rest }
    : { total, shipping, items, discount: discount.minus(rest), tax: new BigNumber(0) }
}

const time = (value: Date | string) => new Date(value).toISOString()

/**
 * The order as the wire shows it (contract 2). Guests and orders without an address get objects with empty strings.
 * @param link what Odoo calls it; null where Odoo has not said so yet
 * @param unit whether amounts are integers of the minor unit or decimals of the major one
 */
export function orderDocument(order: OrderSource, link: LinkSource | null, unit: AmountUnit) {
  const currency = order.currency_code.toLowerCase()
  const wire = (value: BigNumber) => toWireAmount(value, currency, unit)
  const amount = (value: AmountSource) => wire(toAmount(value))
  const { items, discount, tax, shipping, total } = sums(order)
  const odooId = link === null ? null : toOdooId(link.odoo_id)
  const syncedAt = link === null ? null : time(link.synced_at)
  return {
    id: order.id,
    display_id: order.display_id,
    status: order.status,
    payment_status: order.payment_status,
    fulfillment_status: order.fulfillment_status,
    email: text(order.email).toLowerCase(),
    currency_code: currency,
    created_at: time(order.created_at),
    updated_at: time(order.updated_at),
    canceled_at: order.canceled_at ? time(order.canceled_at) : null,
    customer: customerDocument(order),
    shipping_address: addressDocument(order.shipping_address),
    billing_address: addressDocument(order.billing_address),
    items: (order.items ?? []).map((item) => itemDocument(item, amount)),
    shipping_methods: (order.shipping_methods ?? []).map((method) => ({
      id: method.id,
      name: text(method.name),
      amount: amount(method.subtotal),
    })),
    subtotal: wire(items),
    discount_total: wire(discount),
    tax_total: wire(tax),
    shipping_total: wire(shipping),
    total: wire(total),
    metadata: {
      ...order.metadata,
      odoo_synced: link !== null,
      odoo_order_id: odooId,
      odoo_sync_date: syncedAt,
    },
    odoo: {
      synced: link !== null,
      odoo_order_id: odooId,
      odoo_order_name: link?.odoo_name ?? null,
      odoo_status: link?.odoo_status ?? null,
      synced_at: syncedAt,
    },
  }
}

/** The order as the wire shows it. */
export type OrderDocument = ReturnType<typeof orderDocument>
