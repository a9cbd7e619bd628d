import { rowsOf, type Db } from "./db"

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
 * The customers of an address, and of one that was removed: Medusa tells of it by an id that leads nowhere by then.
 * Hand-written, because our table is the only one that knows.
 */
export async function selectCustomersOfAddress(db: Db, addressId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `SELECT customer_id AS id FROM customer_address WHERE id = :addressId
     UNION
     SELECT record_id FROM odoo_record_state
     WHERE address_ids @> ARRAY[CAST(:addressId AS text)] AND record_kind = 'customer' AND deleted_at IS NULL`,
    { addressId }
  )
  return rows.map((row) => row.id)
}
