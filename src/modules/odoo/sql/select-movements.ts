import { rowsOf, type Db } from "./db"

/** What of an order's line has left the stock: pieces of an inventory item, at all locations together. */
export type MovedRow = { line_item_id: string; inventory_item_id: string; quantity: number }

/** What of an order has left the stock. Hand-written to have Postgres add it up. */
export async function selectMovements(db: Db, orderId: string): Promise<MovedRow[]> {
  const rows = await rowsOf<Omit<MovedRow, "quantity"> & { quantity: string }>(
    db,
    `SELECT line_item_id, inventory_item_id, sum(quantity) AS quantity
     FROM odoo_movement
     WHERE order_id = :orderId AND deleted_at IS NULL
     GROUP BY line_item_id, inventory_item_id`,
    { orderId }
  )
  return rows.map((row) => ({ ...row, quantity: Number(row.quantity) }))
}
