import { rowsOf, type Db } from "../../database/statement"

/** An id of a product in Odoo, with the SKU of the variant that stores the id, and the variant's only inventory item. */
export type LinkedStockItemRow = { odoo_id: string; sku: string | null; inventory_item_id: string }

/**
 * The inventory items of products in Odoo, by their ids, in one SQL statement. A variant stores the id in its metadata; the
 * metadata of a product counts where the product has one variant. Hand-written, because Medusa's query would run once for each id.
 */
export function selectLinkedStockItems(db: Db, odooIds: readonly string[]): Promise<LinkedStockItemRow[]> {
  return rowsOf<LinkedStockItemRow>(
    db,
    `WITH wanted AS (SELECT unnest(CAST(:odooIds AS text[])) AS odoo_id),
     linked AS (
       SELECT wanted.odoo_id, variant.id
       FROM wanted JOIN product_variant AS variant ON variant.metadata->>'odoo_id' = wanted.odoo_id AND variant.deleted_at IS NULL
       UNION
       SELECT wanted.odoo_id, variant.id
       FROM wanted JOIN product_variant AS variant ON variant.metadata->>'odoo_product_id' = wanted.odoo_id AND variant.deleted_at IS NULL
       UNION
       SELECT wanted.odoo_id, min(variant.id)
       FROM wanted
       JOIN product ON product.metadata->>'odoo_id' = wanted.odoo_id AND product.deleted_at IS NULL
       JOIN product_variant AS variant ON variant.product_id = product.id AND variant.deleted_at IS NULL
       GROUP BY wanted.odoo_id, product.id
       HAVING count(*) = 1 AND count(variant.metadata->>'odoo_id') = 0
     )
     SELECT linked.odoo_id, variant.sku, min(link.inventory_item_id) AS inventory_item_id
     FROM linked
     JOIN product_variant AS variant ON variant.id = linked.id
     JOIN product_variant_inventory_item AS link ON link.variant_id = variant.id AND link.deleted_at IS NULL
     JOIN inventory_item AS item ON item.id = link.inventory_item_id AND item.deleted_at IS NULL
     GROUP BY linked.odoo_id, variant.id, variant.sku
     HAVING count(*) = 1 AND min(link.required_quantity) = 1`,
    { odooIds }
  )
}
