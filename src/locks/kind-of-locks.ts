import type { ILockingModule, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { randomUUID } from "crypto"
import { setTimeout as sleep } from "timers/promises"

import { isLockedInPostgres } from "./postgres-locks"

/**
 * How the locks of Medusa's locking module exclude each other:
 * - `owned`: `acquire` and `execute` take the same lock;
 * - `advisory`: `execute` takes an advisory lock of Postgres, by the number that this plugin calculates, and `acquire` another one;
 * - `executed`: only locks that `execute` takes exclude those that `execute` has taken.
 */
export type KindOfLocks = "owned" | "advisory" | "executed"

/** After how many milliseconds a lock that is asked for counts as taken. */
const WAITS_MS = 2_000

/** The kind of each locking module, found out once. */
const kinds = new WeakMap<ILockingModule, Promise<KindOfLocks>>()

/** Finds the kind by taking a lock that nobody else takes, because the locking module does not tell its provider. */
async function findKind(container: MedusaContainer, locking: ILockingModule): Promise<KindOfLocks> {
  const key = `odoo:kind-of-locks:${randomUUID()}`
  return await locking.execute(key, async () => {
    if (await isLockedInPostgres(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), key)) {
      return "advisory"
    }
    const ownerId = `odoo:${randomUUID()}`
    const acquired = locking.acquire(key, { ownerId, expire: 1 }).then(
      () => true,
      () => false
    )
    // a provider that waits for the lock waits for this very work
    const isFree = await Promise.race([acquired, sleep(WAITS_MS, false, { ref: false })])
    if (isFree) {
      await locking.release(key, { ownerId })
    }
    return isFree ? "executed" : "owned"
  })
}

/** The kind of the locks that Medusa takes here. After an error it is looked for again the next time. */
export async function kindOfLocks(container: MedusaContainer): Promise<KindOfLocks> {
  const locking = container.resolve(Modules.LOCKING)
  const kind = kinds.get(locking) ?? findKind(container, locking)
  kinds.set(locking, kind)
  try {
    return await kind
  } catch (error) {
    kinds.delete(locking)
    throw error
  }
}
