import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { Mutex } from "async-mutex"

import { WireError } from "../../wire/errors"

/** One push of this process at a time waits for Medusa's locks; the others queue here, where waiting costs nothing. */
const queue = new Mutex()

/** One push of all instances at a time takes locks of items. */
const PUSH_KEY = "odoo-stock-push"

/** How long a push waits for the instance that is pushing; seconds. */
const PUSH_TIMEOUT_S = 30

/** How long it waits for sales that hold its items before it gives all of them free again; seconds. */
const ITEMS_TIMEOUT_S = 3

/** How often it tries to get all its items. */
const ATTEMPTS = 5

/** A lock's lease, where the provider has leases: far longer than the work under it takes; seconds. */
const EXPIRE_S = 120

/** A lock that was not to be had in time; what was to be done under it has not begun. */
class LockTimeout extends Error {}

async function underLock<T>(
  container: MedusaContainer,
  keys: string | string[],
  timeout: number,
  work: () => Promise<T>
): Promise<T> {
  const progress = { begun: false }
  const job = async () => {
    progress.begun = true
    return await work()
  }
  try {
    return await container.resolve(Modules.LOCKING).execute(keys, job, { timeout, expire: EXPIRE_S })
  } catch (error) {
    throw progress.begun ? error : new LockTimeout("the lock was not to be had in time", { cause: error })
  }
}

/**
 * Does something to items while nobody else changes their stock: it holds the locks that Medusa's own stock and
 * reservation steps take, the items' ids.
 *
 * Medusa's providers do not take several keys in order: the one for Redis asks for all at once, so that two who want
 * the same two items can each get one; the one for Postgres holds a connection for each who waits, until the pool has
 * none left. So pushes never wait for each other with items in hand, and against a checkout, which may hold one item
 * and want another, a push gives way and tries again.
 * @throws WireError `INVENTORY_ERROR` when the items are not to be had; nothing was done then
 */
export async function underStockLock<T>(
  container: MedusaContainer,
  itemIds: readonly string[],
  work: () => Promise<T>
): Promise<T> {
  const keys = [...itemIds].sort()
  const withItems = async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await underLock(container, keys, ITEMS_TIMEOUT_S, work)
      } catch (error) {
        if (!(error instanceof LockTimeout) || attempt === ATTEMPTS) {
          throw error
        }
        // not in step with whoever it met
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 200))
      }
    }
  }
  return await queue.runExclusive(async () => {
    try {
      return await underLock(container, PUSH_KEY, PUSH_TIMEOUT_S, withItems)
    } catch (error) {
      if (error instanceof LockTimeout) {
        throw new WireError("INVENTORY_ERROR", "The stock is being changed by others at the moment. Nothing was changed; send it again.")
      }
      throw error
    }
  })
}
