import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { FulfillmentItemSource, StockedLine } from "../../wire/fulfillment-lines"
import type { AmountSource } from "../../wire/rounded-amounts"
import { LINE_FIELDS } from "../change-order/line-fields"

export type OrderLine = StockedLine & {
  variant_sku: string | null
  requires_shipping: boolean
  quantity: AmountSource
  detail: { fulfilled_quantity: AmountSource }
  variant?: { sku?: string | null; manage_inventory?: boolean; allow_backorder?: boolean; product?: { shipping_profile?: { id: string } | null } | null } | null
}

export type Label = { id: string; tracking_number: string; tracking_url: string; label_url: string }

export type Fulfillment = {
  id: string
  location_id: string
  shipped_at: Date | null
  /** the user who shipped it through Medusa's API; null where the plugin shipped it */
  marked_shipped_by: string | null
  delivered_at: Date | null
  canceled_at: Date | null
  metadata: Record<string, unknown> | null
  labels: Label[]
  items: FulfillmentItemSource[]
}

export type Payment = {
  id: string
  amount: AmountSource
  captured_at: Date | null
  canceled_at: Date | null
  captures: { amount: AmountSource }[]
}

export type PaymentCollection = { id: string; status: string; amount: AmountSource; payments: Payment[] }

/** An order with the lines, fulfillments and payments that the effects use. */
export type LoadedOrder = {
  id: string
  status: string
  /** the amount still to be paid */
  summary: { pending_difference: AmountSource }
  items: OrderLine[]
  shipping_methods: { shipping_option_id: string | null }[]
  fulfillments: Fulfillment[]
  payment_collections: PaymentCollection[]
}

const FIELDS = [
  "id",
  "status",
  "summary",
  ...LINE_FIELDS,
  "items.variant.id",
  "items.variant.product.id",
  "items.variant.product.shipping_profile.id",
  "shipping_methods.shipping_option_id",
  "fulfillments.*",
  "fulfillments.labels.*",
  "fulfillments.items.*",
  "payment_collections.id",
  "payment_collections.status",
  "payment_collections.amount",
  "payment_collections.payments.*",
  "payment_collections.payments.captures.*",
]

/** Loads an order. Each effect loads it anew, because Medusa's workflows change it in between. */
export async function loadOrder(container: MedusaContainer, orderId: string): Promise<LoadedOrder> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order", fields: FIELDS, filters: { id: orderId } }, { throwIfKeyNotFound: true })
  const [order] = data as [LoadedOrder]
  return order
}

/** The fulfillments that have not been canceled. */
export const liveFulfillments = (order: LoadedOrder) => order.fulfillments.filter((fulfillment) => fulfillment.canceled_at === null)

/** The fulfillments that are packed and not shipped yet. */
export const openFulfillments = (order: LoadedOrder) => liveFulfillments(order).filter((fulfillment) => fulfillment.shipped_at === null)
