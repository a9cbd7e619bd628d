import type { MedusaContainer } from "@medusajs/framework/types"

import { describeError } from "../utils/describe-error"
import { deliverEventsWorkflow } from "../workflows"

/** Sends due deliveries: those that waited for their next attempt, and those of a process that died. */
export default async function deliverDue(container: MedusaContainer) {
  await deliverEventsWorkflow(container)
    .run()
    .catch((error: unknown) => {
      throw new Error(`odoo: nothing could be delivered: ${describeError(error)}`)
    })
}

export const config = {
  name: "odoo-deliver-due",
  schedule: { interval: 5_000 },
}
