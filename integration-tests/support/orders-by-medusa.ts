import { getLastFulfillmentStatus, getLastPaymentStatus } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../src/modules/odoo"
import type OdooModuleService from "../../src/modules/odoo/service"
import { orderDetail, type OrderDetail, type OrderDetailSource } from "../../src/wire/order-detail"

/** All that an order's document is made of; Medusa calculates the totals because `total` is among it. */
const FIELDS = [
  "id",
  "display_id",
  "status",
  "currency_code",
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
  "items.*",
  "items.detail.*",
  "items.variant.barcode",
  "items.variant.weight",
  "items.variant.metadata",
  "items.variant.product.metadata",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
  "shipping_methods.*",
  "payment_collections.status",
  "payment_collections.amount",
  "payment_collections.captured_amount",
  "payment_collections.refunded_amount",
  "payment_collections.payments.*",
  "payment_collections.payments.captures.*",
  "payment_collections.payments.refunds.*",
  "payment_collections.payments.refunds.refund_reason.label",
  "fulfillments.*",
  "fulfillments.labels.*",
  "fulfillments.items.*",
]

type StatusSource = Parameters<typeof getLastPaymentStatus>[0]

/** What lines were sold as and the shop has deleted since: Medusa's query of orders leaves that out, and the documents do not. */
async function addDeleted(container: MedusaContainer, orders: readonly OrderDetailSource[]): Promise<void> {
  const lines = orders.flatMap(({ items }) => items ?? []).filter(({ variant_id: id, variant }) => id && !variant)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "variants",
    fields: ["id", "barcode", "weight", "metadata", "product.metadata", "inventory_items.inventory_item_id", "inventory_items.required_quantity"],
    filters: { id: lines.flatMap(({ variant_id: id }) => id ?? []) },
    withDeleted: true,
  })
  const variants = new Map((data as (NonNullable<(typeof lines)[number]["variant"]> & { id: string })[]).map((variant) => [variant.id, variant]))
  for (const line of lines) {
    line.variant = variants.get(line.variant_id ?? "") ?? null
  }
}

/** Medusa gives rows in any order, except where a document sorts them itself. */
const sorted = <T extends { id: string }>(rows: T[]): T[] => [...rows].sort((one, other) => (one.id < other.id ? -1 : 1))

/** A document whose lists of rows that Medusa gives in any order are in that of their ids. */
export const inOrder = (order: OrderDetail): OrderDetail => ({
  ...order,
  payments: sorted(order.payments),
  refunds: sorted(order.refunds),
  fulfillments: sorted(order.fulfillments).map((fulfillment) => ({
    ...fulfillment,
    tracking: [...fulfillment.tracking].sort((one, other) => (one.number < other.number ? -1 : 1)),
    items: [...fulfillment.items].sort((one, other) => (one.line_item_id < other.line_item_id ? -1 : 1)),
  })),
})

/**
 * The documents of orders, made of what Medusa's own query, arithmetic and helpers say of them: the slow way, which the
 * plugin's own is held to.
 * @returns documents in the order of `ids`
 */
export async function ordersByMedusa(container: MedusaContainer, ids: readonly string[]): Promise<OrderDetail[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const { data } = await query.graph({ entity: "order", fields: FIELDS, filters: { id: [...ids] } })
  await addDeleted(container, data as OrderDetailSource[])
  const links = await odoo.links.of("order", ids)
  const documents = new Map(
    (data as (OrderDetailSource & StatusSource)[]).map((order) => {
      const statuses = { payment_status: getLastPaymentStatus(order), fulfillment_status: getLastFulfillmentStatus(order) }
      return [order.id, inOrder(orderDetail({ ...order, ...statuses }, links.get(order.id) ?? null, odoo.options.amountUnit))]
    })
  )
  return ids.flatMap((id) => documents.get(id) ?? [])
}
