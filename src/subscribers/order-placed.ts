import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { OrderWorkflowEvents } from "@medusajs/framework/utils"

import { captureOrdersWorkflow, deliverEventsWorkflow } from "../workflows"

/** A hint that an order may be new. What becomes of it does not depend on how often the hint comes. */
export default async function orderPlaced({ event, container }: SubscriberArgs<{ id: string }>) {
  const { result } = await captureOrdersWorkflow(container).run({ input: { ids: [event.data.id] } })
  if (result.captured > 0) {
    await deliverEventsWorkflow(container).run()
  }
}

export const config: SubscriberConfig = {
  event: OrderWorkflowEvents.PLACED,
  context: { subscriberId: "odoo-order-placed" },
}
