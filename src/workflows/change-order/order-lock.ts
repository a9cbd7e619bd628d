import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { Semaphore, withTimeout } from "async-mutex"

import { WireError } from "../../wire/errors"
import { locksInPostgres } from "../ingest-inventory/stock-lock"

/** How long a request waits for another one about the same order; seconds. */
const PATIENCE_S = 30

/**
 * How many orders this process changes at once where a lock keeps a connection: each needs some more for its work, and
 * together they must not use up the pool.
 */
const slots = withTimeout(new Semaphore(2), PATIENCE_S * 1000)

const inSlot = <T>(container: MedusaContainer, work: () => Promise<T>): Promise<T> =>
  locksInPostgres(container) ? slots.runExclusive(work) : work()

/**
 * Does something to an order while no other request of Odoo's side does: two that say the same at the same moment
 * follow each other, and the second finds what the first has done.
 * @throws WireError `SYNC_FAILED` when the order was not free in time; nothing was done then
 */
export async function underOrderLock<T>(container: MedusaContainer, orderId: string, work: () => Promise<T>): Promise<T> {
  const progress = { entered: false }
  try {
    return await inSlot(container, () =>
      container.resolve(Modules.LOCKING).execute(
        `odoo:order:${orderId}`,
        () => {
          progress.entered = true
          return work()
        },
        { timeout: PATIENCE_S }
      )
    )
  } catch (error) {
    if (progress.entered) {
      throw error
    }
    throw new WireError("SYNC_FAILED", "The order is being changed by others at the moment. Nothing was changed; send it again.")
  }
}
