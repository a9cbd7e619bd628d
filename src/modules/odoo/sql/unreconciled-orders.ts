import { rowsOf, type Db } from "../../../database/statement"

/** Marks the stock ledger of an order as unreconciled, so that the job finds it should this process die. */
export async function markUnreconciled(db: Db, orderId: string): Promise<void> {
  await rowsOf(db, `UPDATE odoo_movement SET unsettled_since = now(), updated_at = now() WHERE order_id = :orderId AND deleted_at IS NULL`, { orderId })
}

/** Marks the stock ledger of an order as reconciled with its fulfillments and reservations. */
export async function markReconciled(db: Db, orderId: string): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_movement SET unsettled_since = NULL, updated_at = now()
     WHERE order_id = :orderId AND unsettled_since IS NOT NULL AND deleted_at IS NULL`,
    { orderId }
  )
}

/**
 * The orders that have been unreconciled for longer than any request takes, the longest first. An order is marked anew when it
 * is tried, so that orders that fail do not crowd out others. Hand-written to have Postgres group the rows.
 */
export async function selectUnreconciledOrders(db: Db, olderThanMs: number, limit: number): Promise<string[]> {
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

/** Those of these orders that have a stock ledger: a reduction was reported for them. Hand-written for its DISTINCT. */
export async function selectReducedOrders(db: Db, orderIds: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ order_id: string }>(
    db,
    `SELECT DISTINCT order_id FROM odoo_movement WHERE order_id = ANY(:orderIds) AND deleted_at IS NULL`,
    { orderIds }
  )
  return rows.map((row) => row.order_id)
}
