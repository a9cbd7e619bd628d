import { rowsOf, type Db } from "../../database/statement"

/**
 * Reservations that have been detached from their lines for too long. Hand-written to read the metadata only of reservations
 * without a line.
 * @param key the metadata key that names the line
 */
export function selectDetachedReservations(db: Db, key: string, olderThanMs: number): Promise<{ id: string; lineId: string }[]> {
  return rowsOf(
    db,
    `SELECT id, metadata ->> :key AS "lineId"
     FROM reservation_item
     WHERE line_item_id IS NULL AND deleted_at IS NULL AND metadata ->> :key <> ''
       AND updated_at < now() - :olderThanMs * interval '1 millisecond'`,
    { key, olderThanMs }
  )
}
