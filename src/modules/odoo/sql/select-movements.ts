import { rowsOf, type Db } from "../../../database/statement"
import type { Movement } from "../stock-types"

/**
 * The entries in the stock ledger of an order, added up by line, stock item, location and `via`. Hand-written to have Postgres add
 * them up.
 */
export async function selectMovements(db: Db, orderId: string): Promise<Movement[]> {
  const rows = await rowsOf<Omit<Movement, "quantity" | "per_piece"> & { quantity: string; per_piece: string }>(
    db,
    `SELECT line_item_id, inventory_item_id, location_id, per_piece, via, sum(quantity) AS quantity
     FROM odoo_movement
     WHERE order_id = :orderId AND deleted_at IS NULL
     GROUP BY line_item_id, inventory_item_id, location_id, per_piece, via
     HAVING sum(quantity) <> 0
     ORDER BY line_item_id, inventory_item_id, location_id`,
    { orderId }
  )
  return rows.map((row) => ({ ...row, quantity: Number(row.quantity), per_piece: Number(row.per_piece) }))
}
