import type { MedusaContainer } from "@medusajs/framework/types"

import { describeError } from "../utils/describe-error"
import { sweepWorkflow } from "../workflows"
import { startDelivery } from "../outbox/start-delivery"

/** Runs the due sweeps, and starts the delivery of new events. */
export default async function sweep(container: MedusaContainer): Promise<void> {
  const { result } = await sweepWorkflow(container)
    .run()
    .catch((error: unknown) => {
      throw new Error(`odoo: the sweep broke off, the next one goes on with it: ${describeError(error)}`)
    })
  if (result.captured > 0) {
    startDelivery(container)
  }
}

// the interval of a sweep is an option, which a schedule can not read
export const config = { name: "odoo-sweep", schedule: { interval: 5_000 } }
