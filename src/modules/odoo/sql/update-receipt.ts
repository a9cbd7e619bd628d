import { rowsOf, type Db } from "../../../database/statement"

/** Writes the answer to an idempotency key. Hand-written for its guard: a request that took over the key has another id. */
export async function completeReceipt(db: Db, id: string, answer: { status: number; body: string }): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_receipt SET status = :status, body = :body, leased_until = NULL, updated_at = now()
     WHERE id = :id AND status IS NULL`,
    { id, ...answer }
  )
}

/** Renews the lease of a request on its idempotency key. */
export async function renewReceipt(db: Db, id: string, leaseMs: number): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_receipt SET leased_until = now() + :leaseMs * interval '1 millisecond' WHERE id = :id AND status IS NULL`,
    { id, leaseMs }
  )
}

/**
 * Writes the outcome of a request. Hand-written, because it shares the transaction of the effect.
 * @returns false where another request has taken over the key: then the effect must be rolled back
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

/** Releases a key, so that its request may be sent again. The outcome of an effect stays. */
export async function releaseReceipt(db: Db, id: string): Promise<void> {
  await rowsOf(db, `DELETE FROM odoo_receipt WHERE id = :id AND status IS NULL AND outcome IS NULL`, { id })
  await rowsOf(db, `UPDATE odoo_receipt SET leased_until = now() WHERE id = :id AND status IS NULL`, { id })
}
