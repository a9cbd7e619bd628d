import type { MedusaContainer } from "@medusajs/framework/types"

import { describeError } from "../utils/describe-error"
import { sweepWorkflow } from "../workflows"
import { startDelivery } from "../workflows/deliver/start-delivery"

/** Looks for what no event told, as often as the options say, and sends it. */
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

// how often it is due stands in the options, which a schedule can not read
export const config = { name: "odoo-sweep", schedule: { interval: 5_000 } }
