import { getLastFulfillmentStatus, getLastPaymentStatus } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { WireError } from "../wire/errors"
import type { OrderStatuses } from "../wire/events"
import type { AmountUnit } from "../wire/money"
import { orderDetail, type OrderDetail, type OrderDetailSource } from "../wire/order-detail"
import { orderDocument, type LinkSource, type OrderDocument, type OrderSource } from "../wire/order-document"

/** What the statuses of an order are told from. */
const STATUS_FIELDS = [
  "id",
  "display_id",
  "status",
  "currency_code",
  "items.*",
  "items.detail.*",
  "payment_collections.status",
  "payment_collections.amount",
  "payment_collections.captured_amount",
  "payment_collections.refunded_amount",
  "fulfillments.packed_at",
  "fulfillments.shipped_at",
  "fulfillments.delivered_at",
  "fulfillments.canceled_at",
]

/** What an order document needs of Medusa; the totals are calculated because `total` is among them. */
const ORDER_FIELDS = [
  ...STATUS_FIELDS,
  "email",
  "created_at",
  "updated_at",
  "canceled_at",
  "metadata",
  "total",
  "tax_total",
  "discount_subtotal",
  "credit_line_total",
  "customer.id",
  "customer.email",
  "customer.first_name",
  "customer.last_name",
  "customer.phone",
  "customer.has_account",
  "shipping_address.*",
  "billing_address.*",
  "items.variant.barcode",
  "items.variant.weight",
  "items.variant.metadata",
  "items.variant.product.metadata",
  "shipping_methods.*",
]

/** What the single order needs beyond that. */
const DETAIL_FIELDS = [
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
  "payment_collections.payments.*",
  "payment_collections.payments.captures.*",
  "payment_collections.payments.refunds.*",
  "payment_collections.payments.refunds.refund_reason.label",
  "fulfillments.*",
  "fulfillments.labels.*",
  "fulfillments.items.*",
]

/** What Medusa's own helpers need to tell the two statuses that it never stores. */
type StatusSource = Parameters<typeof getLastPaymentStatus>[0]

const statusesOf = (order: StatusSource) => ({
  payment_status: getLastPaymentStatus(order),
  fulfillment_status: getLastFulfillmentStatus(order),
})

/** How an order is written, given its link and the unit of its amounts. */
type Writer<S, D> = (order: S, link: LinkSource | null, unit: AmountUnit) => D

/** Reads orders in one query for all of them and one for their links, and writes each as the wire shows it. */
async function readAs<S extends OrderSource, D>(
  container: MedusaContainer,
  ids: readonly string[],
  fields: string[],
  write: Writer<S, D>
): Promise<D[]> {
  if (ids.length === 0) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const [{ data }, links] = await Promise.all([
    query.graph({ entity: "order", fields, filters: { id: [...ids] } }),
    odoo.linksOf("order", ids),
  ])
  const orders = data as (S & StatusSource)[]
  const documents = new Map(
    orders.map((order) => [
      order.id,
      write({ ...order, ...statusesOf(order) }, links.get(order.id) ?? null, odoo.options.amountUnit),
    ])
  )
  return ids.flatMap((id) => documents.get(id) ?? [])
}

/**
 * Reads orders as a list shows them.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns documents in the order of `ids`
 */
export async function readOrders(container: MedusaContainer, ids: readonly string[]): Promise<OrderDocument[]> {
  return await readAs<OrderSource, OrderDocument>(container, ids, ORDER_FIELDS, orderDocument)
}

/**
 * Reads one order with its payments, fulfilments and refunds.
 * @param id Medusa's id
 * @throws WireError `NOT_FOUND`
 */
export async function readOrder(container: MedusaContainer, id: string): Promise<OrderDetail> {
  const [order] = await readAs<OrderDetailSource, OrderDetail>(container, [id], [...ORDER_FIELDS, ...DETAIL_FIELDS], orderDetail)
  if (order === undefined) {
    throw new WireError("NOT_FOUND", "There is no such order.")
  }
  return order
}

/** What of an order its events of status tell. */
export type OrderStanding = OrderStatuses & { id: string; display_id: number }

/**
 * Reads the statuses of orders, without what it costs to calculate their totals.
 * @param ids Medusa's ids; one that does not exist is left out
 */
export async function readOrderStatuses(container: MedusaContainer, ids: readonly string[]): Promise<OrderStanding[]> {
  if (ids.length === 0) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "order", fields: STATUS_FIELDS, filters: { id: [...ids] } })
  const orders = data as (StatusSource & Pick<OrderStanding, "id" | "display_id" | "status">)[]
  return orders.map((order) => ({ id: order.id, display_id: order.display_id, status: order.status, ...statusesOf(order) }))
}
