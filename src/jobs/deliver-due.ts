import type { MedusaContainer } from "@medusajs/framework/types"

import { startDelivery } from "../outbox/start-delivery"

/**
 * Starts sending due deliveries: those that waited for their next attempt, and those of a process that died. The job does not wait
 * for the end: Medusa runs it again only after that, and the retries and probes of one destination must not wait for another,
 * slow one.
 */
export default function deliverDue(container: MedusaContainer): Promise<void> {
  startDelivery(container)
  return Promise.resolve()
}

export const config = {
  name: "odoo-deliver-due",
  schedule: { interval: 5_000 },
}
