import type { MedusaContainer } from "@medusajs/framework/types"

import { returnAbandoned } from "../workflows/ingest-order-status/prepare-reservations"
import { settleAbandoned } from "../workflows/move-stock/settle-order"

/** Goes on with the stock of orders where a process has died over it. */
export default async function settleStock(container: MedusaContainer): Promise<void> {
  await returnAbandoned(container)
  await settleAbandoned(container)
}

export const config = { name: "odoo-settle-stock", schedule: { interval: 20_000 } }
