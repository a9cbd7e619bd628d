import { markOrderFulfillmentAsDeliveredWorkflow } from "@medusajs/medusa/core-flows"

import { orConflict } from "../change-order/refusal"
import type { Effect } from "./effect"
import { liveFulfilments, readOrderState } from "./order-state"
import { shipAll, shipOpen } from "./ship"

/**
 * `order.delivered`: the order's fulfilments are marked delivered, after shipping those that were not (contract 6). Of
 * an order of which nothing was shipped yet, all is; what an order that went out in part still lacks stays open.
 */
export const deliver: Effect = async (context) => {
  const { container, orderId, done } = context
  const started = liveFulfilments(await readOrderState(container, orderId)).length > 0
  await (started ? shipOpen(context) : shipAll(context))
  for (const fulfilment of liveFulfilments(await readOrderState(container, orderId))) {
    if (fulfilment.delivered_at === null) {
      await orConflict(() =>
        markOrderFulfillmentAsDeliveredWorkflow(container).run({ input: { orderId, fulfillmentId: fulfilment.id } })
      )
      done.add("delivered")
    }
  }
}
