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

/** Says that a request is still at work on its key. */
export async function renewReceipt(db: Db, id: string, leaseMs: number): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_receipt SET leased_until = now() + :leaseMs * interval '1 millisecond' WHERE id = :id AND status IS NULL`,
    { id, leaseMs }
  )
}

/**
 * Notes what a request has come to. Hand-written, because it shares the transaction of the effect.
 * @returns whether the key is still the request's: who has lost it to another one must not have any effect
 */
export async function keepOutcome(db: Db, id: string, outcome: string): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE odoo_receipt SET outcome = :outcome, updated_at = now()
     WHERE id = :id AND status IS NULL AND outcome IS NULL RETURNING id`,
    { id, outcome }
  )
  return rows.length > 0
}

/** Gives a key back, so that it may be sent again; where its request has had an effect, that is remembered. */
export async function releaseReceipt(db: Db, id: string): Promise<void> {
  await rowsOf(db, `DELETE FROM odoo_receipt WHERE id = :id AND status IS NULL AND outcome IS NULL`, { id })
  await rowsOf(db, `UPDATE odoo_receipt SET leased_until = now() WHERE id = :id AND status IS NULL`, { id })
}
