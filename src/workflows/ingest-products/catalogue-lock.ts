import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { Mutex } from "async-mutex"

import { lockCatalogue } from "../../modules/odoo/sql/lock-catalogue"

/**
 * One push of this process at a time asks for the lock; the others queue here, so that they do not hold the
 * connections which the one that works needs.
 */
const queue = new Mutex()

/**
 * Does something to the catalogue while no other push does, in this process or another: between finding that a
 * product is not there and making it, nobody else makes it.
 */
export async function underCatalogueLock<T>(container: MedusaContainer, work: () => Promise<T>): Promise<T> {
  return await queue.runExclusive(() =>
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION).transaction(async (transaction) => {
      await lockCatalogue(transaction)
      return await work()
    })
  )
}
