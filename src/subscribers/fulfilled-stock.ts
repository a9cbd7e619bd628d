import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { OrderWorkflowEvents } from "@medusajs/framework/utils"

import { settleOrders } from "../workflows/move-stock/settle-order"

/** A fulfilment was made or canceled, by whomever: goods that Odoo has told of have left by another way now, or again. */
export default async function stockFulfilled({ event, container }: SubscriberArgs<{ order_id: string }>): Promise<void> {
  await settleOrders(container, [event.data.order_id])
}

export const config: SubscriberConfig = {
  event: [OrderWorkflowEvents.FULFILLMENT_CREATED, OrderWorkflowEvents.FULFILLMENT_CANCELED],
  context: { subscriberId: "odoo-fulfilled-stock" },
}
