import { rowsOf, type Db } from "./db"

/**
 * Reservations that belong to a line and do not show as its, for longer than they should. Hand-written to look into the
 * metadata of those without a line alone.
 * @param key the metadata that names the line
 */
export function selectAsideReservations(db: Db, key: string, olderThanMs: number): Promise<{ id: string; lineId: string }[]> {
  return rowsOf(
    db,
    `SELECT id, metadata ->> :key AS "lineId"
     FROM reservation_item
     WHERE line_item_id IS NULL AND deleted_at IS NULL AND metadata ->> :key <> ''
       AND updated_at < now() - :olderThanMs * interval '1 millisecond'`,
    { key, olderThanMs }
  )
}
