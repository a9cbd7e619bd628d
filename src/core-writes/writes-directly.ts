import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { BootCheck } from "../modules/odoo/boot-checks"
import type { Db } from "../modules/odoo/sql/db"
import { selectColumnChanges, type ColumnChanges, type DirectTable } from "./columns"

/** What was looked up in each database. */
const lookUps = new WeakMap<Db, Promise<ColumnChanges>>()

/** What can not be looked up is looked up again the next time. */
async function columnChanges(db: Db): Promise<ColumnChanges> {
  const lookUp = lookUps.get(db) ?? selectColumnChanges(db)
  lookUps.set(db, lookUp)
  try {
    return await lookUp
  } catch (error) {
    lookUps.delete(db)
    throw error
  }
}

/**
 * Whether a table of Medusa's is still the one that our statements write past its service. Where it is not, because
 * another version of Medusa has changed it, the service is used, which is slower and always right. Looked up once.
 */
export async function writesDirectly(container: MedusaContainer, table: DirectTable): Promise<boolean> {
  return !(await columnChanges(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))).has(table)
}

/** Says in the log, once while Medusa boots, which tables it has changed. */
export const warnOfColumnChanges: BootCheck = async ({ db, logger }) => {
  lookUps.delete(db)
  for (const [table, columns] of await columnChanges(db)) {
    logger.warn(
      `odoo: Medusa's table ${table} is not the one that this plugin knows (${columns.join(", ")}). It is written through Medusa's own service, which is slower.`
    )
  }
}
