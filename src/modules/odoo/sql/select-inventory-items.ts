import { rowsOf, type Db } from "./db"

export type InventoryItemRow = { id: string; sku: string }

/**
 * The inventory items of these SKUs, in one statement for all of them. Hand-written, because Medusa's query turns
 * thousands of SKUs into as many bound values and hydrates what is only an id.
 */
export function selectInventoryItems(db: Db, skus: readonly string[]): Promise<InventoryItemRow[]> {
  return rowsOf<InventoryItemRow>(
    db,
    `SELECT id, sku FROM inventory_item WHERE sku = ANY(:skus) AND deleted_at IS NULL`,
    { skus }
  )
}

/** The same, whatever the case of the letters; for the few SKUs that are not found as they are written. */
export function selectInventoryItemsIgnoringCase(db: Db, skus: readonly string[]): Promise<InventoryItemRow[]> {
  return rowsOf<InventoryItemRow>(
    db,
    `SELECT id, sku FROM inventory_item
     WHERE lower(sku) IN (SELECT lower(wanted) FROM unnest(CAST(:skus AS text[])) AS wanted) AND deleted_at IS NULL`,
    { skus }
  )
}
