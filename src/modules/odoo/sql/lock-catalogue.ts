import { rowsOf, type Db } from "./db"

/**
 * Locks the catalogue until the transaction ends, so that pushes of products run one after the other in all instances. Otherwise
 * two pushes of the same new product would both create it. Hand-written, because the ORM has no advisory locks, and a new product
 * has no row to lock.
 */
export async function lockCatalogue(db: Db): Promise<void> {
  await rowsOf(db, `SELECT pg_advisory_xact_lock(hashtextextended('odoo products', 0))`, {})
}
