import { rowsOf, type Db } from "../../../database/statement"

/**
 * Records when a key was used. Hand-written to write without a read. A time within the last minute stays, so that a busy key does
 * not cost a write for each request.
 */
export async function touchApiKey(db: Db, id: string): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_api_key SET last_used_at = now()
     WHERE id = :id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    { id }
  )
}
