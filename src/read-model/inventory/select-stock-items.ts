import { rowsOf, type Db } from "../../database/statement"

/** An inventory item that may hold the stock of a SKU; the lowest rank counts. */
export type StockItemRow = {
  sku: string
  inventory_item_id: string
  /**
   * 1: the only item of a variant with this SKU, of which the variant takes one piece; 2: an item with this SKU; 3: an item that
   * holds the stock of a SKU without a variant
   */
  rank: 1 | 2 | 3
}

/** SQL for the items whose SKU meets a condition, with their ranks. */
const candidates = (condition: (sku: string) => string) => `
  SELECT variant.sku, min(link.inventory_item_id) AS inventory_item_id, 1 AS rank
  FROM product_variant AS variant
  JOIN product_variant_inventory_item AS link ON link.variant_id = variant.id AND link.deleted_at IS NULL
  JOIN inventory_item AS item ON item.id = link.inventory_item_id AND item.deleted_at IS NULL
  WHERE ${condition("variant.sku")} AND variant.deleted_at IS NULL
  GROUP BY variant.id, variant.sku
  HAVING count(*) = 1 AND min(link.required_quantity) = 1
  UNION ALL
  SELECT sku, id, 2 FROM inventory_item WHERE ${condition("sku")} AND deleted_at IS NULL
  UNION ALL
  SELECT sku, inventory_item_id, 3 FROM odoo_stock_record WHERE ${condition("sku")} AND deleted_at IS NULL`

/**
 * The inventory items that hold the stock of SKUs, in one SQL statement. Hand-written, because Medusa's query binds each SKU by
 * itself and creates an object for each item.
 */
export function selectStockItems(db: Db, skus: readonly string[]): Promise<StockItemRow[]> {
  return rowsOf<StockItemRow>(db, candidates((sku) => `${sku} = ANY(:skus)`), { skus })
}

/**
 * The same as {@link selectStockItems} in any case of the letters, which is slower; for the few SKUs that are not found as they
 * are written.
 */
export function selectStockItemsIgnoringCase(db: Db, skus: readonly string[]): Promise<StockItemRow[]> {
  const wanted = "SELECT lower(wanted) FROM unnest(CAST(:skus AS text[])) AS wanted"
  return rowsOf<StockItemRow>(db, candidates((sku) => `lower(${sku}) IN (${wanted})`), { skus })
}
