import { rowsOf, type Db } from "../../database/statement"

/** The customers of an order: none or one. */
export async function selectCustomersOfOrder(db: Db, orderId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `SELECT customer_id AS id FROM "order" WHERE id = :orderId AND customer_id IS NOT NULL`,
    { orderId }
  )
  return rows.map((row) => row.id)
}

/**
 * The customers of an address, also of a deleted one: Medusa's event names an id that no row has any more. Hand-written, because
 * only the plugin's snapshots still have the ids of deleted addresses.
 */
export async function selectCustomersOfAddress(db: Db, addressId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `SELECT customer_id AS id FROM customer_address WHERE id = :addressId
     UNION
     SELECT record_id FROM odoo_snapshot
     WHERE snapshot -> 'address_ids' @> to_jsonb(CAST(:addressId AS text)) AND record_kind = 'customer' AND deleted_at IS NULL`,
    { addressId }
  )
  return rows.map((row) => row.id)
}
