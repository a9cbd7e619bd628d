import type { ClaimedEvent } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Gives events back that were claimed and not begun: they are due as before. Hand-written for its guard, as settling is:
 * a lease that was taken by another stays that one's.
 */
export async function giveBackEvents(db: Db, events: readonly ClaimedEvent[]): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_event AS event
     SET lease_id = NULL, leased_until = NULL, updated_at = now()
     FROM unnest(CAST(:ids AS text[]), CAST(:leaseIds AS text[])) AS given(id, lease_id)
     WHERE event.id = given.id AND event.lease_id = given.lease_id`,
    { ids: events.map(({ id }) => id), leaseIds: events.map((event) => event.lease_id) }
  )
}
