import type { ClaimedDelivery } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Releases the leases of deliveries that were claimed and not begun: they are due as before. Hand-written for its guard: a lease
 * that another process has taken over stays with that process.
 */
export async function releaseLeases(db: Db, deliveries: readonly ClaimedDelivery[]): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_delivery AS delivery
     SET lease_id = NULL, leased_until = NULL, updated_at = now()
     FROM unnest(CAST(:ids AS text[]), CAST(:leaseIds AS text[])) AS given(id, lease_id)
     WHERE delivery.id = given.id AND delivery.lease_id = given.lease_id`,
    { ids: deliveries.map(({ id }) => id), leaseIds: deliveries.map((delivery) => delivery.lease_id) }
  )
}
