import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { CustomerWorkflowEvents } from "@medusajs/framework/utils"

import { followHint } from "../workflows/capture/follow-hint"

/** A hint that a customer is new or has changed. */
export default async function customerHinted({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await followHint(container, { customers: [event.data.id], isNew: event.name === CustomerWorkflowEvents.CREATED })
}

export const config: SubscriberConfig = {
  event: [CustomerWorkflowEvents.CREATED, CustomerWorkflowEvents.UPDATED],
  context: { subscriberId: "odoo-customers" },
}
