import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { Semaphore, withTimeout } from "async-mutex"

import { WireError } from "../wire/errors"
import { kindOfLocks } from "./kind-of-locks"

/** How long a request waits for the lock of an order; seconds. */
const PATIENCE_S = 30

/**
 * How many orders this process changes at once where each lock keeps a database connection, or may keep one. The work needs further connections,
 * and all together must not exhaust the pool.
 */
const slots = withTimeout(new Semaphore(2), PATIENCE_S * 1000)

const inSlot = async <T>(container: MedusaContainer, work: () => Promise<T>): Promise<T> =>
  (await kindOfLocks(container)) === "owned" ? await work() : await slots.runExclusive(work)

/**
 * Runs `work` under the lock of an order, so that requests of Odoo's side about the same order run one after the other.
 * @throws WireError `SYNC_FAILED` when the lock was not free in time; nothing was done then
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
