import { markOrderFulfillmentAsDeliveredWorkflow } from "@medusajs/medusa/core-flows"

import { fulfillmentTimes, type Effect } from "./effect"
import { liveFulfillments, loadOrder } from "./load-order"
import { atSaidTime, writeSaidTime } from "./said-times"
import { shipAll, shipOpen } from "./ship"

/**
 * `order.delivered`: all fulfillments of the order are shipped and marked as delivered (contract 6). An order without a
 * fulfillment is first fulfilled as a whole. In an order with fulfillments, unfulfilled lines stay open.
 */
export const markDelivered: Effect = async (context) => {
  const { container, orderId, said, done } = context
  const { delivered: deliveredAt } = fulfillmentTimes(said)
  const started = liveFulfillments(await loadOrder(container, orderId)).length > 0
  await (started ? shipOpen(context) : shipAll(context))
  for (const fulfillment of liveFulfillments(await loadOrder(container, orderId))) {
    if (fulfillment.delivered_at === null) {
      await atSaidTime(container, fulfillment, "delivered_at", deliveredAt, async () => {
        await markOrderFulfillmentAsDeliveredWorkflow(container).run({ input: { orderId, fulfillmentId: fulfillment.id } })
        done.add("delivered")
      })
    } else {
      await writeSaidTime(container, fulfillment, "delivered_at")
    }
  }
}
