import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { E_TIMEOUT, Mutex, withTimeout } from "async-mutex"
import { randomUUID } from "crypto"

import { kindOfLocks } from "../../locks/kind-of-locks"
import { tryLockKeys, waitForLock } from "../../locks/postgres-locks"
import { describeError } from "../../utils/describe-error"
import { WireError } from "../../wire/errors"

/** How long a caller waits for the locks; milliseconds. */
const PATIENCE_MS = 30_000

/** When a lock expires after its process has died; seconds. The work under the lock usually takes less than one. */
const EXPIRE_S = 20

/** How often a lock is renewed during long work, such as writing through Medusa's own service; milliseconds. */
const RENEW_EVERY_MS = 5_000

/**
 * One caller of this process at a time asks for Medusa's locks. The others wait here, without polling and without holding a
 * connection of the pool.
 */
const queue = withTimeout(new Mutex(), PATIENCE_MS)

/** The outcome of an attempt to lock: the result of the work, or the key that was not free, where it is known. */
type Attempt<T> = { result: T } | { busy: string | undefined }

const pause = () => new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 100))

const messageOf = (error: unknown) => (error instanceof Error ? error.message : "")

/**
 * Renews locks while work is done under them.
 * @returns stops the renewal; it waits for a running one, which would otherwise take the locks again after their release
 */
function renewLocks(locking: ILockingModule, keys: string[], ownerId: string): () => Promise<void> {
  let renewed: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    // acquiring again as the same owner renews the lock; after a failure the next renewal comes long before it expires
    renewed = locking.acquire(keys, { ownerId, expire: EXPIRE_S }).catch(() => undefined)
  }, RENEW_EVERY_MS)
  return async () => {
    clearInterval(timer)
    await renewed
  }
}

/**
 * Runs the work under the locks in Redis or in memory. Their own `execute` waits while it holds some of the keys, so that two
 * callers with the same items in different orders deadlock, and keys stay locked after a time-out. So all keys are acquired
 * at once, and all are released where one is not free.
 */
async function attemptByKeys<T>(locking: ILockingModule, keys: string[], work: () => Promise<T>): Promise<Attempt<T>> {
  const ownerId = `odoo:${randomUUID()}`
  try {
    await locking.acquire(keys, { ownerId, expire: EXPIRE_S })
  } catch (error) {
    await locking.release(keys, { ownerId })
    if (messageOf(error).includes("Failed to acquire lock")) {
      return { busy: undefined }
    }
    throw error
  }
  const stopRenewal = renewLocks(locking, keys, ownerId)
  try {
    return { result: await work() }
  } finally {
    await stopRenewal()
    await locking.release(keys, { ownerId })
  }
}

/**
 * Runs the work under the locks in Postgres: those that Medusa takes, but all tried at once. Only one lock is ever waited for,
 * while no other is held, so that no deadlock can arise. Waiting is needed, because during many checkouts a lock is never free
 * at the moment of a try.
 * @param awaited the key that was not free in the attempt before
 */
async function attemptInPostgres<T>(
  database: Knex,
  keys: string[],
  work: () => Promise<T>,
  awaited: string | undefined,
  patienceMs: number
): Promise<Attempt<T>> {
  return await database.transaction(async (transaction) => {
    if (awaited !== undefined && !(await waitForLock(transaction, awaited, patienceMs))) {
      return { busy: awaited }
    }
    const busy = await tryLockKeys(transaction, keys)
    return busy === undefined ? { result: await work() } : { busy }
  })
}

/**
 * Runs the work under locks that only `execute` takes. It may wait for a key while it holds others: where that ends in a deadlock, or
 * takes too long, nothing was done yet, and the caller tries again.
 */
async function attemptByExecution<T>(locking: ILockingModule, keys: string[], work: () => Promise<T>, patienceMs: number): Promise<Attempt<T>> {
  const progress = { entered: false, abandoned: false }
  const entered = () => {
    if (progress.abandoned) {
      throw new Error("the caller has given up waiting for these locks")
    }
    progress.entered = true
    return work()
  }
  try {
    return { result: await locking.execute([...keys].sort(), entered, { timeout: Math.ceil(patienceMs / 1000) }) }
  } catch (error) {
    if (progress.entered) {
      throw error
    }
    progress.abandoned = true
    return { busy: undefined }
  }
}

/**
 * Runs `work` while no one else changes the stock of these items, under the locks of Medusa's own stock and reservation steps:
 * the ids of the items. A caller that meets a checkout gives way and tries again. Where the locks can not be released after the
 * work, they expire by themselves, and the call succeeds: an error would make the sender repeat work that was done.
 * @throws WireError `INVENTORY_ERROR` when the locks are not free in time; nothing was done then
 */
export async function underStockLock<T>(
  container: MedusaContainer,
  itemIds: readonly string[],
  work: () => Promise<T>
): Promise<T> {
  const locking = container.resolve(Modules.LOCKING)
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const keys = [...itemIds]
  const kind = await kindOfLocks(container)
  let done: { result: T } | undefined
  const noted = async () => {
    const result = await work()
    done = { result }
    return result
  }
  const attempt = (awaited: string | undefined, patienceMs: number) => {
    switch (kind) {
      case "advisory":
        return attemptInPostgres(database, keys, noted, awaited, patienceMs)
      case "executed":
        return attemptByExecution(locking, keys, noted, patienceMs)
      case "owned":
        return attemptByKeys(locking, keys, noted)
    }
  }
  const busy = new WireError(
    "INVENTORY_ERROR",
    "The stock is being changed by others at the moment. Nothing was changed; send it again."
  )
  try {
    return await queue.runExclusive(async () => {
      let awaited: string | undefined
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause()) {
        const outcome = await attempt(awaited, end - Date.now())
        if ("result" in outcome) {
          return outcome.result
        }
        awaited = outcome.busy
      }
      throw busy
    })
  } catch (error) {
    if (done === undefined) {
      throw error === E_TIMEOUT ? busy : error
    }
    container.resolve(ContainerRegistrationKeys.LOGGER).warn(`odoo: the lock of the stock was not given back: ${describeError(error)}`)
    return done.result
  }
}
