import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { WireError } from "../../wire/errors"

/** How long a request waits for another one about the same order; seconds. */
const PATIENCE_S = 30

/**
 * Does something to an order while no other request of Odoo's side does: two that say the same at the same moment
 * follow each other, and the second finds what the first has done.
 * @throws WireError `SYNC_FAILED` when the order was not free in time; nothing was done then
 */
export async function underOrderLock<T>(container: MedusaContainer, orderId: string, work: () => Promise<T>): Promise<T> {
  const progress = { entered: false }
  try {
    return await container.resolve(Modules.LOCKING).execute(
      `odoo:order:${orderId}`,
      () => {
        progress.entered = true
        return work()
      },
      { timeout: PATIENCE_S }
    )
  } catch (error) {
    if (progress.entered) {
      throw error
    }
    throw new WireError("SYNC_FAILED", "The order is being changed by others at the moment. Nothing was changed; send it again.")
  }
}
