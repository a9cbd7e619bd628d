import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { E_TIMEOUT, Mutex, withTimeout } from "async-mutex"
import { randomUUID } from "crypto"

import { tryLockKeys, waitForLock } from "../../modules/odoo/sql/try-lock-keys"
import { describeError } from "../../utils/describe-error"
import { WireError } from "../../wire/errors"

/** How long a push waits until its stock is free; milliseconds. */
const PATIENCE_MS = 30_000

/** When a lock ends by itself should this process die; seconds. The work under it takes a fraction of one as a rule. */
const EXPIRE_S = 20

/** How often a lock is prolonged while the work under it goes on, as it does through Medusa's own service; milliseconds. */
const RENEW_EVERY_MS = 5_000

/**
 * One push of this process at a time asks for Medusa's locks; the others queue here, without asking again and again
 * and without holding a connection of the pool.
 */
const queue = withTimeout(new Mutex(), PATIENCE_MS)

/** What an attempt came to: a result, or the key that was not free where that is known. */
type Attempt<T> = { result: T } | { busy: string | undefined }

const pause = () => new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 100))

const messageOf = (error: unknown) => (error instanceof Error ? error.message : "")

/**
 * Whether Medusa locks in Postgres. There `acquire` and `execute` are locks of two kinds that do not exclude each other,
 * and each lock that is held or waited for keeps a connection of the pool.
 */
export function locksInPostgres(container: MedusaContainer): boolean {
  const { modules } = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const configured: unknown = modules?.[Modules.LOCKING]
  const { options } = (typeof configured === "object" ? configured : {}) as {
    options?: { providers?: { resolve?: unknown; is_default?: boolean }[] }
  }
  const providers = options?.providers ?? []
  const used = providers.find((provider) => provider.is_default === true) ?? (providers.length === 1 ? providers[0] : undefined)
  return typeof used?.resolve === "string" && used.resolve.includes("locking-postgres")
}

/**
 * Keeps locks from running out while something is done under them.
 * @returns ends it; what is being prolonged at that moment is waited for, or it would be taken again after it was given back
 */
function holdLocks(locking: ILockingModule, keys: string[], ownerId: string): () => Promise<void> {
  let renewed: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    // an owner that acquires again prolongs; where that fails once, it is tried again long before the lock ends
    renewed = locking.acquire(keys, { ownerId, expire: EXPIRE_S }).catch(() => undefined)
  }, RENEW_EVERY_MS)
  return async () => {
    clearInterval(timer)
    await renewed
  }
}

/**
 * Under the locks in Redis and in memory. Their own `execute` waits with some of the keys in hand, so that two who
 * want the same items in another order block each other, and after a time-out keys stay taken. So all are asked for
 * at once, and all are given back where one is not free.
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
  const letGo = holdLocks(locking, keys, ownerId)
  try {
    return { result: await work() }
  } finally {
    await letGo()
    await locking.release(keys, { ownerId })
  }
}

/**
 * Under the locks in Postgres: the same ones that Medusa takes, but asked for all at once. Only one is ever waited for,
 * with none in hand, so that nobody is blocked for ever; and it is waited for in line, because where many check out at
 * once a lock is never found free.
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
 * Does something to items while nobody else changes their stock: it holds the locks that Medusa's own stock and
 * reservation steps take, the items' ids. A push that meets a checkout gives way and tries again. Where a lock can not be
 * given back, it ends by itself: what was done under it must not be taken for undone, or it is sent again.
 * @throws WireError `INVENTORY_ERROR` when the items are not free in time; nothing was done then
 */
export async function underStockLock<T>(
  container: MedusaContainer,
  itemIds: readonly string[],
  work: () => Promise<T>
): Promise<T> {
  const locking = container.resolve(Modules.LOCKING)
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const keys = [...itemIds]
  const inPostgres = locksInPostgres(container)
  let done: { result: T } | undefined
  const noted = async () => {
    const result = await work()
    done = { result }
    return result
  }
  const attempt = (awaited: string | undefined, patienceMs: number) =>
    inPostgres ? attemptInPostgres(database, keys, noted, awaited, patienceMs) : attemptByKeys(locking, keys, noted)
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
