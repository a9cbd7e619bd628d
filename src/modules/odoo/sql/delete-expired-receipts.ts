import { rowsOf, type Db } from "../../../database/statement"

/** Removes some of the receipts that have expired. Hand-written, to take a bounded number at a time. */
export async function deleteExpiredReceipts(db: Db, limit: number): Promise<number> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `DELETE FROM odoo_receipt
     WHERE id IN (SELECT id FROM odoo_receipt WHERE expires_at < now() AND deleted_at IS NULL LIMIT :limit)
     RETURNING id`,
    { limit }
  )
  return rows.length
}
