import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys, OrderWorkflowEvents } from "@medusajs/framework/utils"

import { describeError } from "../utils/describe-error"
import { captureOrdersWorkflow, deliverEventsWorkflow } from "../workflows"

/**
 * A hint that an order may be new. What becomes of it does not depend on how often the hint comes. Delivery is only
 * started here: a slow Odoo must not keep the event bus from its other subscribers.
 */
export default async function orderPlaced({ event, container }: SubscriberArgs<{ id: string }>) {
  const { result } = await captureOrdersWorkflow(container)
    .run({ input: { ids: [event.data.id] } })
    .catch((error: unknown) => {
      // thrown on, for a bus that tries again, but without the statement that a database error quotes
      throw new Error(`odoo: order ${event.data.id} could not be captured: ${describeError(error)}`)
    })
  if (result.captured > 0) {
    deliverEventsWorkflow(container)
      .run()
      .catch((error: unknown) => {
        container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .error(`odoo: delivery broke off, the next job goes on with it: ${describeError(error)}`)
      })
  }
}

export const config: SubscriberConfig = {
  event: OrderWorkflowEvents.PLACED,
  context: { subscriberId: "odoo-order-placed" },
}
