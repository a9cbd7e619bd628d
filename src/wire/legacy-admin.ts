import { isObject } from "./redact"

/** A resource of Medusa's admin API that older programs read. */
export type LegacyResource = "orders" | "customers"

const ADDED_ORDER_FIELDS = [
  "+email", "+currency_code", "+customer_id", "+region_id", "+canceled_at", "+payment_status", "+fulfillment_status",
  "+subtotal", "+discount_total", "+tax_total", "+shipping_total",
  "*items", "*shipping_methods", "*shipping_address", "*billing_address", "*customer",
]

/**
 * The added fields of a customer's orders: columns only, because Medusa calculates totals from all lines, and a customer may have
 * thousands of orders.
 */
const ADDED_CUSTOMER_FIELDS = [
  "*addresses",
  ...["id", "display_id", "status", "email", "currency_code", "region_id", "created_at", "updated_at", "canceled_at", "metadata", "is_draft_order"].map(
    (column) => `+orders.${column}`
  ),
]

/** The `fields` parameter that adds the fields of older programs to Medusa's default fields. */
const ADDED_FIELDS: Readonly<Record<LegacyResource, string>> = {
  orders: ADDED_ORDER_FIELDS.join(","),
  customers: ADDED_CUSTOMER_FIELDS.join(","),
}

/** Adds the sign `$` to an operator, which older programs leave out. Medusa ignores an unknown operator and returns all rows. */
const withSign = (operator: string) => (/^[gl]te?$/.test(operator) ? `$${operator}` : operator)

const withSigns = (filter: unknown) =>
  isObject(filter) ? Object.fromEntries(Object.entries(filter).map(([operator, value]) => [withSign(operator), value])) : filter

/**
 * Rewrites a query of an older program for Medusa: `created_at[gte]` becomes `created_at[$gte]`, and a query without `fields` gets
 * more than Medusa's default fields.
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
        // Medusa stores drafts as orders; an older program expects only placed orders
        orders: Array.isArray(customer.orders) ? customer.orders.filter((order) => !isDraft(order)) : [],
      }
    : customer

/** How each member of an answer is extended: a list, or one record. */
const EXTENDED: Readonly<Record<string, (value: unknown) => unknown>> = {
  orders: (orders) => each(orders, withLegacyOrder),
  order: withLegacyOrder,
  customers: (customers) => each(customers, withLegacyCustomer),
  customer: withLegacyCustomer,
}

/**
 * Adds to an answer of Medusa's the members that older programs read and Medusa names otherwise: `sku` of an order's items,
 * `shipping_addresses` and `orders` of a customer. Other answers, such as errors, stay as they are.
 */
export function withLegacyMembers(answer: unknown): unknown {
  return isObject(answer)
    ? Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, EXTENDED[name]?.(value) ?? value]))
    : answer
}
