import type { MedusaContainer } from "@medusajs/framework/types"

import { describeError } from "../utils/describe-error"
import { reattachAbandoned } from "../workflows/ingest-order-status/prepare-reservations"
import { reconcileAbandoned } from "../workflows/move-stock/reconcile-order-stock"

/** Completes the stock changes of orders that a process left unfinished when it died. */
export default async function reconcileStock(container: MedusaContainer): Promise<void> {
  try {
    await reattachAbandoned(container)
    await reconcileAbandoned(container)
  } catch (error) {
    throw new Error(`odoo: the stock of orders could not be reconciled, the next job tries again: ${describeError(error)}`)
  }
}

export const config = { name: "odoo-settle-stock", schedule: { interval: 20_000 } }
