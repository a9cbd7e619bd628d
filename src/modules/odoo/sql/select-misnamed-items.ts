import { belongsToAnotherSku } from "./belongs-to-another-sku"
import { rowsOf, type Db } from "./db"

/** An item with the SKU that it has, and the one that its variant has. */
export type MisnamedItem = { id: string; former: string; sku: string }

/**
 * The inventory items that still have one of these SKUs although their variant has another one by now, with that one.
 * Medusa refuses to make a variant whose SKU an item has. Hand-written, because it crosses two modules.
 */
export function selectMisnamedItems(db: Db, skus: readonly string[]): Promise<MisnamedItem[]> {
  return rowsOf<MisnamedItem>(
    db,
    `SELECT item.id, item.sku AS former, min(variant.sku) AS sku
     FROM inventory_item AS item
     JOIN product_variant_inventory_item AS link ON link.inventory_item_id = item.id AND link.deleted_at IS NULL
     JOIN product_variant AS variant ON variant.id = link.variant_id AND variant.deleted_at IS NULL
     WHERE item.sku = ANY(:skus) AND item.deleted_at IS NULL AND ${belongsToAnotherSku("item")}
       AND NOT EXISTS (SELECT 1 FROM inventory_item AS same WHERE same.sku = variant.sku AND same.deleted_at IS NULL)
     GROUP BY item.id, item.sku`,
    { skus }
  )
}
