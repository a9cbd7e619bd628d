import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { ORDER_CHANGES } from "../records/order"
import { captureFromEvent, hintEvents } from "../workflows/capture/capture-from-event"

/** Handles events after which a record may be new or changed. Events that name an order have a subscriber of their own. */
export default async function recordHinted({ event, container }: SubscriberArgs): Promise<void> {
  await captureFromEvent(container, event)
}

export const config: SubscriberConfig = {
  event: hintEvents().filter((name) => !ORDER_CHANGES.includes(name)),
  context: { subscriberId: "odoo-records" },
}
