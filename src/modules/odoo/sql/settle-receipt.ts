import { rowsOf, type Db } from "./db"

/** Writes what was answered to a key. Hand-written for its guard: whoever took the key over has another id. */
export async function settleReceipt(db: Db, id: string, answer: { status: number; body: string }): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_receipt SET status = :status, body = :body, leased_until = NULL, updated_at = now()
     WHERE id = :id AND status IS NULL`,
    { id, ...answer }
  )
}

/** Gives a key back whose request has changed nothing, so that it may be sent again. */
export async function releaseReceipt(db: Db, id: string): Promise<void> {
  await rowsOf(db, `DELETE FROM odoo_receipt WHERE id = :id AND status IS NULL`, { id })
}
