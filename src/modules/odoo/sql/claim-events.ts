import type { ClaimedEvent } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Takes due events under a lease, those that have been due for the longest. Hand-written for `FOR UPDATE SKIP LOCKED`, by
 * which several instances claim side by side without waiting for each other, and because the ORM would read and write in
 * two steps.
 *
 * Only the oldest open event of a record can be claimed: one that waits or has failed holds back those behind it,
 * so that a record's events arrive in the order they happened. A lease that ran out is claimable again. While delivery
 * is paused nothing is.
 */
export function claimEvents(
  db: Db,
  input: { limit: number; leaseMs: number; leaseId: string }
): Promise<ClaimedEvent[]> {
  return rowsOf<ClaimedEvent>(
    db,
    `WITH due AS (
       SELECT event.id
       FROM odoo_event AS event
       WHERE event.status IN ('pending', 'waiting')
         AND event.deleted_at IS NULL
         AND event.next_attempt_at <= now()
         AND (event.leased_until IS NULL OR event.leased_until <= now())
         AND NOT EXISTS (SELECT 1 FROM odoo_delivery WHERE id = 'delivery' AND paused_at IS NOT NULL)
         AND NOT EXISTS (
           SELECT 1
           FROM odoo_event AS earlier
           WHERE earlier.record_kind = event.record_kind
             AND earlier.record_id = event.record_id
             AND earlier.sequence < event.sequence
             AND earlier.status IN ('pending', 'waiting', 'failed')
             AND earlier.deleted_at IS NULL
         )
       ORDER BY event.next_attempt_at, event.sequence
       LIMIT :limit
       FOR UPDATE OF event SKIP LOCKED
     ),
     claimed AS (
       UPDATE odoo_event AS event
       SET lease_id = :leaseId,
           leased_until = now() + :leaseMs * interval '1 millisecond',
           updated_at = now()
       FROM due
       WHERE event.id = due.id
       RETURNING event.*
     )
     SELECT id, record_kind, record_id, name, body, attempts, attempts_before_replay, lease_id
     FROM claimed
     ORDER BY next_attempt_at, sequence`,
    input
  )
}
