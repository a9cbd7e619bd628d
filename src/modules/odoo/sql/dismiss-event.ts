import { rowsOf, type Db } from "./db"

/**
 * Gives up an event that was not delivered, unless an attempt is under way. Hand-written for its conditions: between a
 * look and a write the event could be delivered. Whoever held a lease that has run out can not write its outcome any more.
 * @returns whether it was done
 */
export async function dismissEvent(db: Db, id: string, reason: string): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE odoo_event
     SET status = 'dismissed', dismissal = :reason, dismissed_at = now(), lease_id = NULL, leased_until = NULL, updated_at = now()
     WHERE id = :id AND deleted_at IS NULL
       AND status IN ('pending', 'waiting', 'failed')
       AND (leased_until IS NULL OR leased_until <= now())
     RETURNING id`,
    { id, reason }
  )
  return rows.length > 0
}
