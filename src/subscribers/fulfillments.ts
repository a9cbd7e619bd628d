import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys, FulfillmentWorkflowEvents } from "@medusajs/framework/utils"

import { selectOrdersOf } from "../modules/odoo/sql/select-orders-of"
import { followHint } from "../workflows/capture/follow-hint"

/** A hint that an order was shipped or delivered. */
export default async function fulfillmentHinted({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await followHint(container, { orders: await selectOrdersOf(db, "fulfillment", event.data.id) })
}

export const config: SubscriberConfig = {
  event: Object.values(FulfillmentWorkflowEvents),
  context: { subscriberId: "odoo-fulfillments" },
}
