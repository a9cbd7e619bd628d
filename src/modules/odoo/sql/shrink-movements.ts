import { rowsOf, type Db } from "./db"

/**
 * Takes pieces off notes of what has left the stock; a note of nothing is removed. Hand-written, because it shares the
 * transaction of the levels.
 */
export async function shrinkMovements(db: Db, shrunk: readonly { id: string; by: number }[]): Promise<void> {
  const bindings = { ids: shrunk.map(({ id }) => id), pieces: shrunk.map(({ by }) => by) }
  await rowsOf(
    db,
    `UPDATE odoo_movement AS movement SET quantity = movement.quantity - taken.pieces, updated_at = now()
     FROM unnest(CAST(:ids AS text[]), CAST(:pieces AS integer[])) AS taken (id, pieces)
     WHERE movement.id = taken.id`,
    bindings
  )
  await rowsOf(db, `DELETE FROM odoo_movement WHERE id = ANY(:ids) AND quantity <= 0`, { ids: bindings.ids })
}
