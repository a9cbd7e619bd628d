import type { MedusaContainer } from "@medusajs/framework/types"

import { describeError } from "../utils/describe-error"
import { returnAbandoned } from "../workflows/ingest-order-status/prepare-reservations"
import { settleAbandoned } from "../workflows/move-stock/settle-order"

/** Goes on with the stock of orders where a process has died over it. */
export default async function settleStock(container: MedusaContainer): Promise<void> {
  try {
    await returnAbandoned(container)
    await settleAbandoned(container)
  } catch (error) {
    throw new Error(`odoo: the stock of orders could not be settled, the next job goes on with it: ${describeError(error)}`)
  }
}

export const config = { name: "odoo-settle-stock", schedule: { interval: 20_000 } }
