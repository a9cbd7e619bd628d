import { isObject } from "./redact"

/** A list or a record of Medusa's admin routes that older programs read. */
export type LegacyResource = "orders" | "customers"

const ADDED_ORDER_FIELDS = [
  "+email", "+currency_code", "+customer_id", "+region_id", "+canceled_at", "+payment_status", "+fulfillment_status",
  "+subtotal", "+discount_total", "+tax_total", "+shipping_total",
  "*items", "*shipping_methods", "*shipping_address", "*billing_address", "*customer",
]

/** Of a customer's orders the columns only: Medusa computes totals from all lines, and a customer may have thousands. */
const ADDED_CUSTOMER_FIELDS = [
  "*addresses",
  ...["id", "display_id", "status", "email", "currency_code", "region_id", "created_at", "updated_at", "canceled_at", "metadata", "is_draft_order"].map(
    (column) => `+orders.${column}`
  ),
]

/** Medusa's `fields` that add to its defaults what older programs expect there, by what is asked for. */
const ADDED_FIELDS: Readonly<Record<LegacyResource, string>> = {
  orders: ADDED_ORDER_FIELDS.join(","),
  customers: ADDED_CUSTOMER_FIELDS.join(","),
}

/** The signs that older programs leave out; Medusa ignores an operator that it does not know, and answers everything. */
const withSign = (operator: string) => (/^[gl]te?$/.test(operator) ? `$${operator}` : operator)

const withSigns = (filter: unknown) =>
  isObject(filter) ? Object.fromEntries(Object.entries(filter).map(([operator, value]) => [withSign(operator), value])) : filter

/**
 * A query of an older program as Medusa reads it: `created_at[gte]` is `created_at[$gte]`, and who names no `fields` gets
 * more than Medusa's defaults.
 */
export function legacyQuery(resource: LegacyResource, query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const read = Object.entries(query).map(([name, value]) => [name, withSigns(value)] as const)
  return { fields: ADDED_FIELDS[resource], ...Object.fromEntries(read) }
}

const each = (list: unknown, extend: (row: unknown) => unknown): unknown => (Array.isArray(list) ? list.map(extend) : list)

const withSku = (item: unknown) => (isObject(item) ? { sku: item.variant_sku ?? null, ...item } : item)

const withLegacyOrder = (order: unknown) => (isObject(order) ? { ...order, items: each(order.items, withSku) } : order)

const isDraft = (order: unknown) => isObject(order) && order.is_draft_order === true

const withLegacyCustomer = (customer: unknown) =>
  isObject(customer)
    ? {
        ...customer,
        shipping_addresses: customer.addresses ?? [],
        // Medusa keeps a draft among the orders, and does not list it as one
        orders: Array.isArray(customer.orders) ? customer.orders.filter((order) => !isDraft(order)) : [],
      }
    : customer

/** How an answer's members are extended, by their names: a list, or one record. */
const EXTENDED: Readonly<Record<string, (value: unknown) => unknown>> = {
  orders: (orders) => each(orders, withLegacyOrder),
  order: withLegacyOrder,
  customers: (customers) => each(customers, withLegacyCustomer),
  customer: withLegacyCustomer,
}

/**
 * An answer of Medusa's with the members that older programs read and Medusa names otherwise: `sku` of an order's items,
 * `shipping_addresses` and `orders` of a customer. Everything else, an error above all, stays as it is.
 */
export function withLegacyMembers(answer: unknown): unknown {
  return isObject(answer)
    ? Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, EXTENDED[name]?.(value) ?? value]))
    : answer
}
