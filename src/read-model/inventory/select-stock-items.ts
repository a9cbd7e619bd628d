import { rowsOf, type Db } from "../../modules/odoo/sql/db"

/** What holds the stock of a SKU. */
export type StockItemRow = {
  sku: string
  inventory_item_id: string
  /**
   * 1: the one item that a variant of this SKU consumes one piece of; 2: an item that has the SKU itself; 3: an item
   * that keeps the stock of a SKU the catalogue does not know
   */
  rank: 1 | 2 | 3
}

/** What is called by a SKU that meets a condition, and how well. */
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
 * What holds the stock of these SKUs, in one statement for all of them. Hand-written, because Medusa's query turns
 * thousands of SKUs into as many bound values and hydrates what is only an id.
 */
export function selectStockItems(db: Db, skus: readonly string[]): Promise<StockItemRow[]> {
  return rowsOf<StockItemRow>(db, candidates((sku) => `${sku} = ANY(:skus)`), { skus })
}

/** The same, whatever the case of the letters; for the few SKUs that are not found as they are written. */
export function selectStockItemsIgnoringCase(db: Db, skus: readonly string[]): Promise<StockItemRow[]> {
  const wanted = "SELECT lower(wanted) FROM unnest(CAST(:skus AS text[])) AS wanted"
  return rowsOf<StockItemRow>(db, candidates((sku) => `lower(${sku}) IN (${wanted})`), { skus })
}
