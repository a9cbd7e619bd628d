import { rowsOf, type Db } from "./db"

/** Marks an order's books as awaiting something, so that who comes later finds them should this process die over it. */
export async function markUnsettled(db: Db, orderId: string): Promise<void> {
  await rowsOf(db, `UPDATE odoo_movement SET unsettled_since = now(), updated_at = now() WHERE order_id = :orderId AND deleted_at IS NULL`, { orderId })
}

/** Marks an order's books as agreeing with its fulfilments and reservations. */
export async function markSettled(db: Db, orderId: string): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_movement SET unsettled_since = NULL, updated_at = now()
     WHERE order_id = :orderId AND unsettled_since IS NOT NULL AND deleted_at IS NULL`,
    { orderId }
  )
}

/**
 * The orders whose books have been awaiting something for longer than any request takes, the longest first: whoever is
 * tried is marked anew, so that orders that can not be settled do not crowd out others. Hand-written to have Postgres
 * group them.
 */
export async function selectUnsettledOrders(db: Db, olderThanMs: number, limit: number): Promise<string[]> {
  const rows = await rowsOf<{ order_id: string }>(
    db,
    `SELECT order_id FROM odoo_movement
     WHERE unsettled_since < now() - :olderThanMs * interval '1 millisecond' AND deleted_at IS NULL
     GROUP BY order_id
     ORDER BY min(unsettled_since), order_id
     LIMIT :limit`,
    { olderThanMs, limit }
  )
  return rows.map((row) => row.order_id)
}

/** Those of some orders that have books at all. Hand-written for its DISTINCT. */
export async function selectMovedOrders(db: Db, orderIds: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ order_id: string }>(
    db,
    `SELECT DISTINCT order_id FROM odoo_movement WHERE order_id = ANY(:orderIds) AND deleted_at IS NULL`,
    { orderIds }
  )
  return rows.map((row) => row.order_id)
}
