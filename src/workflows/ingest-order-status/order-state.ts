import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { FulfilmentItemSource, StockedLine } from "../../wire/fulfilment-lines"
import type { AmountSource } from "../../wire/order-sums"

export type OrderLine = StockedLine & {
  variant_sku: string | null
  requires_shipping: boolean
  quantity: AmountSource
  detail: { fulfilled_quantity: AmountSource }
  variant?: { sku?: string | null; manage_inventory?: boolean; allow_backorder?: boolean; product?: { shipping_profile?: { id: string } | null } | null } | null
}

export type Label = { id: string; tracking_number: string; tracking_url: string; label_url: string }

export type Fulfilment = {
  id: string
  location_id: string
  shipped_at: Date | null
  delivered_at: Date | null
  canceled_at: Date | null
  metadata: Record<string, unknown> | null
  labels: Label[]
  items: FulfilmentItemSource[]
}

export type Payment = {
  id: string
  amount: AmountSource
  captured_at: Date | null
  canceled_at: Date | null
  captures: { amount: AmountSource }[]
}

export type PaymentCollection = { id: string; status: string; amount: AmountSource; payments: Payment[] }

/** What the effects look at: an order with its lines, fulfilments and payments, as Medusa has them now. */
export type OrderState = {
  id: string
  status: string
  /** what is still to be paid */
  summary: { pending_difference: AmountSource }
  items: OrderLine[]
  shipping_methods: { shipping_option_id: string | null }[]
  fulfillments: Fulfilment[]
  payment_collections: PaymentCollection[]
}

const FIELDS = [
  "id",
  "status",
  "summary",
  "items.*",
  "items.detail.*",
  "items.variant.id",
  "items.variant.sku",
  "items.variant.manage_inventory",
  "items.variant.allow_backorder",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
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

/** Reads an order as it stands; each effect reads it anew, because the one before has changed it. */
export async function readOrderState(container: MedusaContainer, orderId: string): Promise<OrderState> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order", fields: FIELDS, filters: { id: orderId } }, { throwIfKeyNotFound: true })
  const [order] = data as [OrderState]
  return order
}

/** The fulfilments that have not been canceled. */
export const liveFulfilments = (order: OrderState) => order.fulfillments.filter((fulfilment) => fulfilment.canceled_at === null)

/** The fulfilments that are packed and not yet on their way. */
export const openFulfilments = (order: OrderState) => liveFulfilments(order).filter((fulfilment) => fulfilment.shipped_at === null)
