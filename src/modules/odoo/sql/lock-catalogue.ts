import { rowsOf, type Db } from "./db"

/**
 * Makes pushes of products follow each other, whichever instance they come to: two that make the same product at once
 * would each find that there is none. Held until the transaction ends. Hand-written, because the ORM knows no advisory
 * locks, and there may be no row yet that could be locked.
 */
export async function lockCatalogue(db: Db): Promise<void> {
  await rowsOf(db, `SELECT pg_advisory_xact_lock(hashtextextended('odoo products', 0))`, {})
}
