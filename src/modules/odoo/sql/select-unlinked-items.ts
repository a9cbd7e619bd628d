import { rowsOf, type Db } from "./db"

/**
 * The inventory items of these SKUs that no variant has: a variant that is made must take its item over, because
 * Medusa would want to make a second one of the same SKU, and fails. Hand-written, because it crosses two modules.
 */
export function selectUnlinkedItems(db: Db, skus: readonly string[]): Promise<{ id: string; sku: string }[]> {
  return rowsOf<{ id: string; sku: string }>(
    db,
    `SELECT item.id, item.sku FROM inventory_item AS item
     WHERE item.sku = ANY(:skus) AND item.deleted_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM product_variant_inventory_item AS link
       WHERE link.inventory_item_id = item.id AND link.deleted_at IS NULL
     )`,
    { skus }
  )
}
