import type { MedusaContainer } from "@medusajs/framework/types"

import { deliverEventsWorkflow } from "../workflows"

/** Sends what has become due: events that waited for their next attempt, and those of a process that died. */
export default async function deliverDue(container: MedusaContainer) {
  await deliverEventsWorkflow(container).run()
}

export const config = {
  name: "odoo-deliver-due",
  schedule: { interval: 5_000 },
}
