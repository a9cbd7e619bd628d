import { addressDocument, text, type AddressSource, type Text } from "./address"
import { compareIds } from "./compare-ids"
import { toAmount, toWireAmount, type Amount, type AmountUnit } from "./money"
import { toOdooId } from "./odoo-id"
import { roundedLineAmounts, roundedOrderAmounts, type AmountSource, type LineAmounts } from "./rounded-amounts"

export type OrderItemSource = LineAmounts & {
  id: string
  title?: Text
  product_title?: Text
  variant_title?: Text
  variant_sku?: Text
  variant_barcode?: Text
  variant_id?: Text
  product_id?: Text
  quantity: AmountSource
  detail?: { return_received_quantity?: AmountSource; return_dismissed_quantity?: AmountSource } | null
  unit_price: AmountSource
  is_tax_inclusive?: boolean | null
  variant?: {
    weight?: number | null
    barcode?: Text
    inventory_items?: ({ inventory_item_id: string; required_quantity: number } | null)[] | null
    metadata?: Record<string, unknown> | null
    product?: { metadata?: Record<string, unknown> | null } | null
  } | null
}

/** The data of an order document: an order of Medusa with its totals, statuses and relations. */
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
  shipping_methods?: (LineAmounts & { id: string; name?: Text })[] | null
  tax_total: AmountSource
  discount_subtotal: AmountSource
  credit_line_total?: AmountSource
  total: AmountSource
}

/** The link of an order. */
export type LinkSource = {
  odoo_id: string
  odoo_name: string | null
  odoo_status: string | null
  synced_at: Date | string
}

function customerDocument(order: OrderSource) {
  const { customer, shipping_address: shipping, billing_address: billing } = order
  return {
    id: customer?.id ?? null,
    // receivers search their contacts for the address, and distinguish upper and lower case
    email: text(customer?.email ?? order.email).toLowerCase(),
    // Medusa stores the name of a guest only in addresses
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

/** The returned pieces of a line, damaged ones included. Medusa's sums do not contain them any more. */
function returnedQuantity({ detail }: OrderItemSource): number {
  return toAmount(detail?.return_received_quantity ?? 0).plus(toAmount(detail?.return_dismissed_quantity ?? 0)).toNumber()
}

function itemDocument(item: OrderItemSource, currency: string, wire: (value: Amount) => number) {
  const { subtotal, discount, tax, total } = roundedLineAmounts(item, currency)
  return {
    id: item.id,
    title: text(item.product_title ?? item.title),
    variant_title: text(item.variant_title),
    sku: text(item.variant_sku),
    barcode: text(item.variant_barcode ?? item.variant?.barcode),
    weight: item.variant?.weight ?? null,
    quantity: toAmount(item.quantity).toNumber(),
    returned_quantity: returnedQuantity(item),
    unit_price: wire(toAmount(item.unit_price)),
    is_tax_inclusive: item.is_tax_inclusive ?? false,
    subtotal: wire(subtotal),
    discount_total: wire(discount),
    tax_total: wire(tax),
    total: wire(total),
    variant_id: item.variant_id ?? null,
    product_id: item.product_id ?? null,
    odoo_product_id: odooProductId(item),
  }
}

/** A shipping method on the wire; its `amount` is without tax and before its discount. */
function methodDocument(method: NonNullable<OrderSource["shipping_methods"]>[number], currency: string, wire: (value: Amount) => number) {
  const { subtotal, discount, tax, total } = roundedLineAmounts(method, currency)
  return {
    id: method.id,
    name: text(method.name),
    amount: wire(subtotal),
    discount_total: wire(discount),
    tax_total: wire(tax),
    total: wire(total),
  }
}

/** A time on the wire: ISO 8601, UTC. */
export const wireTime = (value: Date | string) => new Date(value).toISOString()

/** The metadata keys that show the link; only the plugin writes them (contract 2). */
const LINK_METADATA = ["odoo_synced", "odoo_order_id", "odoo_order_name", "odoo_sync_date"]

/** Whether a metadata key of an order shows its link. */
export const isLinkMetadata = (key: string) => LINK_METADATA.includes(key)

/** The member of the metadata that shows the name in a link. Documents take it from the link, because the metadata is written later. */
export const nameInMetadata = (kind: "order" | "customer", link: Pick<LinkSource, "odoo_name"> | null) =>
  link?.odoo_name ? { [`odoo_${kind}_name`]: link.odoo_name } : {}

/** Odoo's status of an order, which is stored in the metadata as long as the order has no link. */
function notedStatus(metadata: OrderSource["metadata"]): string | null {
  const status = metadata?.odoo_status
  return typeof status === "string" ? status : null
}

/** The lines of the present order. Medusa keeps a line that an edit removed with a quantity of 0. */
const presentItems = (order: OrderSource) =>
  (order.items ?? []).filter((item) => !toAmount(item.quantity).isZero()).sort(compareIds)

/**
 * The order on the wire (contract 2). Guests and orders without an address get objects with empty texts. The `unit_price` of an
 * item is the price in the shop; `is_tax_inclusive` says whether it contains tax.
 * @param link the link to Odoo; null where there is none
 * @param unit whether amounts are integers of the minor unit or decimals of the major unit
 */
export function orderDocument(order: OrderSource, link: LinkSource | null, unit: AmountUnit) {
  const currency = order.currency_code.toLowerCase()
  const wire = (value: Amount) => toWireAmount(value, currency, unit)
  const lines = presentItems(order)
  const methods = [...(order.shipping_methods ?? [])].sort(compareIds)
  const { items, discount, tax, shipping, total } = roundedOrderAmounts({ ...order, items: lines, shipping_methods: methods })
  const odooId = link === null ? null : toOdooId(link.odoo_id)
  const syncedAt = link === null ? null : wireTime(link.synced_at)
  return {
    id: order.id,
    display_id: order.display_id,
    status: order.status,
    payment_status: order.payment_status,
    fulfillment_status: order.fulfillment_status,
    email: text(order.email).toLowerCase(),
    currency_code: currency,
    created_at: wireTime(order.created_at),
    updated_at: wireTime(order.updated_at),
    canceled_at: order.canceled_at ? wireTime(order.canceled_at) : null,
    customer: customerDocument(order),
    shipping_address: addressDocument(order.shipping_address),
    billing_address: addressDocument(order.billing_address),
    items: lines.map((item) => itemDocument(item, currency, wire)),
    shipping_methods: methods.map((method) => methodDocument(method, currency, wire)),
    subtotal: wire(items),
    discount_total: wire(discount),
    tax_total: wire(tax),
    shipping_total: wire(shipping),
    total: wire(total),
    metadata: {
      ...order.metadata,
      odoo_synced: link !== null,
      odoo_order_id: odooId,
      ...nameInMetadata("order", link),
      odoo_sync_date: syncedAt,
    },
    odoo: {
      synced: link !== null,
      odoo_order_id: odooId,
      odoo_order_name: link?.odoo_name ?? null,
      odoo_status: link?.odoo_status ?? notedStatus(order.metadata),
      synced_at: syncedAt,
    },
  }
}

/** The order on the wire. */
export type OrderDocument = ReturnType<typeof orderDocument>
