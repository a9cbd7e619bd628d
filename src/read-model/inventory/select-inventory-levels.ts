import { rowsOf, type Db } from "../../modules/odoo/sql/db"

export type InventoryLevelRow = {
  id: string
  inventory_item_id: string
  location_id: string
  /** a number as text, as Postgres gives a numeric */
  stocked_quantity: string
  /** what is sold and has not left, the same way */
  reserved_quantity: string
  /** of what time the latest count is that was applied, where it said so */
  counted_at: Date | null
  /** the same where that count was of what is on hand */
  on_hand_at: Date | null
  /** of what time the latest count or change is that was applied, where it said so */
  stated_at: Date | null
  /**
   * when its stock or what is reserved of it changed last, in milliseconds since 1970; null where that was a statement
   * with a time, which is above
   */
  changed_at: number | null
}

/**
 * The levels of these items, in one statement for all of them. Hand-written, because the ORM hydrates each level and
 * knows nothing of the statements beside them. A statement is noted in the transaction that writes its level, and so at
 * the same moment: that is how a level tells who has changed it last.
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
