import type { MedusaContainer } from "@medusajs/framework/types"

import { describeError } from "../../utils/describe-error"
import { startDelivery } from "../deliver/start-delivery"
import { captureCustomers } from "./capture-customers"
import { captureOrders } from "./capture-orders"
import type { CaptureResult } from "./capture-records"

/** What a hint leads to, and whether it says that these are new. */
export type Hinted = { orders?: string[]; customers?: string[]; isNew?: boolean }

/**
 * Looks at what an event of Medusa hinted at. What becomes of it does not depend on how often the hint comes.
 * Delivery is only started: a slow Odoo must not keep the event bus from its other subscribers.
 * @throws Error for a bus that tries again, after everything was looked at; without the statement that a database error quotes
 */
export async function followHint(container: MedusaContainer, { orders = [], customers = [], isNew = false }: Hinted): Promise<void> {
  let captured = 0
  const failures: string[] = []
  const look = async (what: string, ids: string[], capture: () => Promise<CaptureResult>): Promise<void> => {
    try {
      captured += ids.length === 0 ? 0 : (await capture()).captured
    } catch (error) {
      failures.push(`${what} ${ids.join(", ")} could not be captured: ${describeError(error)}`)
    }
  }
  // the customer first, so that Odoo hears of who has bought before it hears of what
  await look("customer", customers, () => captureCustomers(container, { ids: customers, isNew }))
  await look("order", orders, () => captureOrders(container, { ids: orders, placed: isNew }))
  if (captured > 0) {
    startDelivery(container)
  }
  if (failures.length > 0) {
    throw new Error(`odoo: ${failures.join("; ")}`)
  }
}
