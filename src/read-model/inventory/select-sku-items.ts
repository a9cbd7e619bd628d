import { belongsToAnotherSku } from "./belongs-to-another-sku"
import { rowsOf, type Db } from "../../database/statement"

/** The inventory item that has a SKU, and whether another record can have the SKU. */
export type SkuItemRow = {
  id: string
  sku: string
  /** the SKU of a variant that has the item, or its id where it has no SKU; null where no variant has the item */
  needed_by: string | null
  /** whether no variant has the item, and it has no stock, none incoming and none reserved */
  is_empty: boolean
  /** the variant that owns the item and has another SKU by now; null for any other item */
  misnamed_variant_id: string | null
  /** the SKU of that variant; null where another item has that SKU */
  variant_sku: string | null
}

/**
 * The inventory items with these SKUs. Medusa refuses two items with one SKU. So a new variant takes over an item that no variant
 * has, and an item is renamed where its variant was renamed in the dashboard, which leaves the item as it was. Hand-written,
 * because it reads tables of two modules.
 */
export function selectSkuItems(db: Db, skus: readonly string[]): Promise<SkuItemRow[]> {
  return rowsOf<SkuItemRow>(
    db,
    `SELECT item.id, item.sku, needed.by AS needed_by,
       needed.by IS NULL AND NOT EXISTS (
         SELECT 1 FROM inventory_level AS level
         WHERE level.inventory_item_id = item.id AND level.deleted_at IS NULL
           AND (level.stocked_quantity <> 0 OR level.reserved_quantity <> 0 OR level.incoming_quantity <> 0)
       ) AND NOT EXISTS (
         SELECT 1 FROM reservation_item AS reservation
         WHERE reservation.inventory_item_id = item.id AND reservation.deleted_at IS NULL
       ) AS is_empty,
       misnamed.variant_id AS misnamed_variant_id,
       CASE WHEN NOT EXISTS (SELECT 1 FROM inventory_item AS same WHERE same.sku = misnamed.sku AND same.deleted_at IS NULL)
         THEN misnamed.sku END AS variant_sku
     FROM inventory_item AS item
     LEFT JOIN LATERAL (
       SELECT link.variant_id, variant.sku, COALESCE(variant.sku, link.variant_id) AS by
       FROM product_variant_inventory_item AS link
       LEFT JOIN product_variant AS variant ON variant.id = link.variant_id AND variant.deleted_at IS NULL
       WHERE link.inventory_item_id = item.id AND link.deleted_at IS NULL
       ORDER BY variant.sku, link.variant_id
       LIMIT 1
     ) AS needed ON true
     LEFT JOIN LATERAL (SELECT needed.variant_id, needed.sku WHERE ${belongsToAnotherSku("item")}) AS misnamed ON true
     WHERE item.sku = ANY(:skus) AND item.deleted_at IS NULL`,
    { skus }
  )
}
