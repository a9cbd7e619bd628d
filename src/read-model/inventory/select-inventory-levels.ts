import { rowsOf, type Db } from "../../database/statement"

export type InventoryLevelRow = {
  id: string
  inventory_item_id: string
  location_id: string
  /** a decimal as text */
  stocked_quantity: string
  /** the pieces that are sold and have not left, as a decimal in text */
  reserved_quantity: string
  /** the time that the latest applied count states; null where it states none */
  counted_at: Date | null
  /** the time that the latest applied count of pieces on hand states; null where a count of available pieces came later */
  on_hand_at: Date | null
  /** the time that the latest applied count or change states; null where it states none */
  stated_at: Date | null
  /**
   * when stock or reserved pieces changed last, in milliseconds since 1970; null where the last change was a statement with a
   * time, which the members above have
   */
  changed_at: number | null
}

/**
 * Reads the levels of inventory items, with the times of the statements about them, in one SQL statement. Hand-written, because
 * the ORM creates an object for each level and does not know the plugin's table of statements. A statement is written in the same
 * transaction as its level, so both rows have the same time unless something else changed the level later.
 */
export function selectInventoryLevels(db: Db, itemIds: readonly string[]): Promise<InventoryLevelRow[]> {
  return rowsOf<InventoryLevelRow>(
    db,
    `SELECT level.id, level.inventory_item_id, level.location_id, level.stocked_quantity, level.reserved_quantity,
            statement.counted_at, statement.on_hand_at, statement.stated_at,
            CASE WHEN level.updated_at IS DISTINCT FROM statement.updated_at
              THEN CAST(floor(extract(epoch FROM level.updated_at) * 1000) AS float8) END AS changed_at
     FROM inventory_level AS level
     LEFT JOIN odoo_stock_statement AS statement
       ON statement.inventory_item_id = level.inventory_item_id AND statement.location_id = level.location_id
      AND statement.deleted_at IS NULL
     WHERE level.inventory_item_id = ANY(:itemIds) AND level.deleted_at IS NULL`,
    { itemIds }
  )
}
