import { rowsOf, type Db } from "./db"

/**
 * Notes that a key was used. Hand-written, because it runs beside requests and must not read first; it leaves a note
 * of the last minute as it is, so that a busy key does not cost a write for each request.
 */
export async function touchApiKey(db: Db, id: string): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_api_key SET last_used_at = now()
     WHERE id = :id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    { id }
  )
}
