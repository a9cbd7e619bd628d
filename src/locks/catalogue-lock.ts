import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { Mutex } from "async-mutex"

import { rowsOf } from "../database/statement"

/**
 * One caller of this process at a time asks for the lock. The others wait here without holding a connection of the pool, which the
 * running push needs.
 */
const queue = new Mutex()

/**
 * Runs `work` while no other push changes the catalogue, in this process or another, so that two pushes do not create the same
 * product. The lock is an advisory lock of Postgres, because a new product has no row to lock. It ends with its transaction, in
 * which `work` does not take part.
 */
export async function underCatalogueLock<T>(container: MedusaContainer, work: () => Promise<T>): Promise<T> {
  return await queue.runExclusive(() =>
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION).transaction(async (transaction) => {
      await rowsOf(transaction, `SELECT pg_advisory_xact_lock(hashtextextended('odoo products', 0))`, {})
      return await work()
    })
  )
}
