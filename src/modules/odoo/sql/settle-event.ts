import type { ClaimedEvent, Outcome } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Writes what came of an attempt and gives the lease back. Hand-written for its guard: a holder whose lease ran out
 * and was taken by another must not overwrite that one's outcome.
 * @returns whether the lease was still ours
 */
export async function settleEvent(db: Db, event: ClaimedEvent, outcome: Outcome): Promise<boolean> {
  const error = outcome.status === "delivered" ? null : outcome.error
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE odoo_event
     SET status = :status,
         attempts = attempts + 1,
         next_attempt_at = now() + :retryInMs * interval '1 millisecond',
         delivered_at = CASE WHEN :status = 'delivered' THEN now() END,
         error_class = :errorClass,
         error_message = :errorMessage,
         lease_id = NULL,
         leased_until = NULL,
         updated_at = now()
     WHERE id = :id AND lease_id = :leaseId
     RETURNING id`,
    {
      id: event.id,
      leaseId: event.lease_id,
      status: outcome.status,
      retryInMs: outcome.status === "waiting" ? outcome.retryInMs : 0,
      errorClass: error?.class ?? null,
      errorMessage: error?.message ?? null,
    }
  )
  return rows.length === 1
}
