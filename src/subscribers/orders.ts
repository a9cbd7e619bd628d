import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { ORDER_CHANGES } from "../records/order"
import { captureFromEvent } from "../workflows/capture/capture-from-event"
import { markForReconciliation, reconcileOrders } from "../workflows/move-stock/reconcile-order-stock"

/** The data of Medusa's events of orders: the order's id stands in one of the two members. */
type OrderEvent = { id?: string; order_id?: string }

/**
 * Handles events after which an order may be new or changed, and its customer may be new. The stock of the order is reconciled
 * too, because its lines or fulfillments may have changed.
 */
export default async function orderHinted({ event, container }: SubscriberArgs<OrderEvent>): Promise<void> {
  const id = event.data.order_id ?? event.data.id
  if (id === undefined) {
    return
  }
  // marked before the order is captured: should this process die, the job or the sweep finds the order
  const marked = await markForReconciliation(container, [id])
  await captureFromEvent(container, event)
  await reconcileOrders(container, marked)
}

export const config: SubscriberConfig = {
  event: [...ORDER_CHANGES],
  context: { subscriberId: "odoo-orders" },
}
