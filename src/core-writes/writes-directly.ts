import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { BootCheck } from "../modules/odoo/boot-checks"
import type { Db } from "../database/statement"
import { selectColumnChanges, type ColumnChanges, type DirectTable } from "./columns"

/** The changed columns of each database, each read once. */
const lookUps = new WeakMap<Db, Promise<ColumnChanges>>()

/** Reads the changed columns once. After an error they are read again the next time. */
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
 * Whether the statements of this folder may write a table: it has exactly the columns of `columns.ts`. Where another version of
 * Medusa has changed the table, the caller uses Medusa's service, which is slower and always right.
 */
export async function writesDirectly(container: MedusaContainer, table: DirectTable): Promise<boolean> {
  return !(await columnChanges(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))).has(table)
}

/** Logs, at the start of Medusa, the tables that have other columns than `columns.ts` knows. */
export const warnOfColumnChanges: BootCheck = async ({ db, logger }) => {
  lookUps.delete(db)
  for (const [table, columns] of await columnChanges(db)) {
    logger.warn(
      `odoo: Medusa's table ${table} is not the one that this plugin knows (${columns.join(", ")}). It is written through Medusa's own service, which is slower.`
    )
  }
}
