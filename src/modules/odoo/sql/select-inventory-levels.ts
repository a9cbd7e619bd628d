import { rowsOf, type Db } from "./db"

export type InventoryLevelRow = {
  id: string
  inventory_item_id: string
  location_id: string
  /** a whole number as text, as Postgres gives a numeric */
  stocked_quantity: string
}

/** The levels of these items, in one statement for all of them. Hand-written, because the ORM hydrates each level. */
export function selectInventoryLevels(db: Db, itemIds: readonly string[]): Promise<InventoryLevelRow[]> {
  return rowsOf<InventoryLevelRow>(
    db,
    `SELECT id, inventory_item_id, location_id, stocked_quantity
     FROM inventory_level
     WHERE inventory_item_id = ANY(:itemIds) AND deleted_at IS NULL`,
    { itemIds }
  )
}
