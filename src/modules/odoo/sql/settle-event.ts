import type { ClaimedEvent, Outcome } from "../types"
import { rowsOf, type Db } from "./db"
import { failureColumns } from "./failure-columns"

/**
 * Writes what came of an attempt and gives the lease back. Hand-written for its guard: a holder whose lease ran out
 * and was taken by another must not overwrite that one's outcome. An event that was acknowledged while the attempt was
 * under way (a controller may do so before it answers) stays delivered, whatever came of the attempt.
 * @returns the status that the event has now; undefined when the lease was not ours any more
 */
export async function settleEvent(db: Db, event: ClaimedEvent, outcome: Outcome): Promise<Outcome["status"] | undefined> {
  const rows = await rowsOf<{ status: Outcome["status"] }>(
    db,
    `UPDATE odoo_event
     SET status = CASE WHEN status = 'delivered' THEN status ELSE :status END,
         attempts = attempts + 1,
         next_attempt_at = now() + :retryInMs * interval '1 millisecond',
         delivered_at = CASE WHEN 'delivered' IN (status, :status) THEN now() END,
         error_class = CASE WHEN status <> 'delivered' THEN :errorClass END,
         error_message = CASE WHEN status <> 'delivered' THEN :errorMessage END,
         lease_id = NULL,
         leased_until = NULL,
         updated_at = now()
     WHERE id = :id AND lease_id = :leaseId
     RETURNING status`,
    {
      id: event.id,
      leaseId: event.lease_id,
      status: outcome.status,
      retryInMs: outcome.status === "waiting" ? outcome.retryInMs : 0,
      ...failureColumns(outcome),
    }
  )
  return rows[0]?.status
}
