import { getLastFulfillmentStatus, getLastPaymentStatus } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { orderDocument, type OrderDocument, type OrderSource } from "../wire/order-document"

/** What an order document needs of Medusa; the totals are calculated because `total` is among them. */
const ORDER_FIELDS = [
  "id",
  "display_id",
  "status",
  "email",
  "currency_code",
  "created_at",
  "updated_at",
  "canceled_at",
  "metadata",
  "total",
  "tax_total",
  "discount_subtotal",
  "shipping_subtotal",
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
  "shipping_methods.*",
  "payment_collections.status",
  "payment_collections.amount",
  "payment_collections.captured_amount",
  "payment_collections.refunded_amount",
  "fulfillments.packed_at",
  "fulfillments.shipped_at",
  "fulfillments.delivered_at",
  "fulfillments.canceled_at",
]

/** What Medusa's own helpers need to tell the two statuses that it never stores. */
type StatusSource = Parameters<typeof getLastPaymentStatus>[0]

/**
 * Reads orders as the wire shows them, in one query for all of them and one for their links.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns documents in the order of `ids`
 */
export async function readOrders(container: MedusaContainer, ids: readonly string[]): Promise<OrderDocument[]> {
  if (ids.length === 0) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const [{ data }, links] = await Promise.all([
    query.graph({ entity: "order", fields: ORDER_FIELDS, filters: { id: [...ids] } }),
    odoo.linksOf("order", ids),
  ])
  const orders = data as (OrderSource & StatusSource)[]
  const documents = new Map(
    orders.map((order) => [
      order.id,
      orderDocument(
        {
          ...order,
          payment_status: getLastPaymentStatus(order),
          fulfillment_status: getLastFulfillmentStatus(order),
        },
        links.get(order.id) ?? null,
        odoo.options.amountUnit
      ),
    ])
  )
  return ids.flatMap((id) => documents.get(id) ?? [])
}
