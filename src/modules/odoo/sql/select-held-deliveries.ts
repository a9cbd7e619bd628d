import type { ClaimedDelivery } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { OPEN } from "./delivery-filter"

/**
 * Selects those of these deliveries that are still open, and whose lease is still the one of the claim. Hand-written, because
 * deliveries and leases are compared in pairs.
 * @returns the ids of the deliveries
 */
export async function selectHeldDeliveries(db: Db, deliveries: readonly ClaimedDelivery[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `SELECT delivery.id
     FROM unnest(CAST(:ids AS text[]), CAST(:leaseIds AS text[])) AS given(id, lease_id)
     JOIN odoo_delivery AS delivery ON delivery.id = given.id AND delivery.lease_id = given.lease_id
     WHERE delivery.status IN ${OPEN}`,
    { ids: deliveries.map(({ id }) => id), leaseIds: deliveries.map((delivery) => delivery.lease_id) }
  )
  return rows.map(({ id }) => id)
}
