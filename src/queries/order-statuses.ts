import { getLastFulfillmentStatus, getLastPaymentStatus } from "@medusajs/medusa/core-flows"

import type { StoredStanding } from "../wire/stored-order"

/** What Medusa's own helpers take: a whole order, though they look at a few members of it. */
type MedusaOrder = Parameters<typeof getLastPaymentStatus>[0]

/** The two statuses of an order that Medusa never stores, as its own helpers tell them. */
export function statusesOf(order: StoredStanding) {
  const whole = {
    ...order,
    items: order.items.map(({ quantity, detail }) => ({
      raw_quantity: { value: quantity },
      detail: { raw_fulfilled_quantity: { value: detail.fulfilled_quantity } },
    })),
  } as MedusaOrder
  return { payment_status: getLastPaymentStatus(whole), fulfillment_status: getLastFulfillmentStatus(whole) }
}
