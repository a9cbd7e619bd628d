import { rowsOf, type Db } from "../../database/statement"

export type ReservationRow = {
  id: string
  line_item_id: string
  inventory_item_id: string
  location_id: string
  /** a decimal as text */
  quantity: string
  allow_backorder: boolean
}

/** The reservations of order lines. Hand-written for speed, because it runs under a lock that checkouts wait for. */
export function selectReservations(db: Db, lineIds: readonly string[]): Promise<ReservationRow[]> {
  return rowsOf<ReservationRow>(
    db,
    `SELECT id, line_item_id, inventory_item_id, location_id, quantity, allow_backorder
     FROM reservation_item
     WHERE line_item_id = ANY(:lineIds) AND deleted_at IS NULL
     ORDER BY created_at, id`,
    { lineIds }
  )
}
