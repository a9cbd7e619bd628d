import type { MedusaContainer } from "@medusajs/framework/types"

import { describeError } from "../../utils/describe-error"
import { startDelivery } from "../deliver/start-delivery"
import { captureCustomersWorkflow } from "./capture-customers"
import { captureOrdersWorkflow } from "./capture-orders"
import type { CaptureResult } from "./capture-records"

/** What a hint leads to. */
export type Hinted = { orders?: string[]; customers?: string[]; placed?: boolean }

/**
 * Looks at what an event of Medusa hinted at. What becomes of it does not depend on how often the hint comes.
 * Delivery is only started: a slow Odoo must not keep the event bus from its other subscribers.
 * @throws Error for a bus that tries again; without the statement that a database error quotes
 */
export async function followHint(container: MedusaContainer, { orders = [], customers = [], placed = false }: Hinted): Promise<void> {
  const capture = async (what: string, ids: string[], run: () => Promise<{ result: CaptureResult }>): Promise<number> => {
    if (ids.length === 0) {
      return 0
    }
    const { result } = await run().catch((error: unknown) => {
      throw new Error(`odoo: ${what} ${ids.join(", ")} could not be captured: ${describeError(error)}`)
    })
    return result.captured
  }
  // the customer first, so that Odoo hears of who has bought before it hears of what
  const captured =
    (await capture("customer", customers, () => captureCustomersWorkflow(container).run({ input: { ids: customers } }))) +
    (await capture("order", orders, () => captureOrdersWorkflow(container).run({ input: { ids: orders, placed } })))
  if (captured > 0) {
    startDelivery(container)
  }
}
