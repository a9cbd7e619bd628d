import { rowsOf, type Db } from "./db"

/** One note of pieces that have left the stock for an order's line. */
export type MovementRow = { id: string; line_item_id: string; inventory_item_id: string; location_id: string; quantity: number }

/** What has left the stock for these lines, the latest first. Hand-written, because it is asked under a lock. */
export function selectLineMovements(db: Db, orderId: string, lineIds: readonly string[]): Promise<MovementRow[]> {
  return rowsOf<MovementRow>(
    db,
    `SELECT id, line_item_id, inventory_item_id, location_id, quantity
     FROM odoo_movement
     WHERE order_id = :orderId AND line_item_id = ANY(:lineIds) AND deleted_at IS NULL
     ORDER BY created_at DESC, id DESC`,
    { orderId, lineIds }
  )
}
