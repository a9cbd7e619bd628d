import { belongsToAnotherSku } from "./belongs-to-another-sku"
import { rowsOf, type Db } from "../../database/statement"

/** A stock record whose SKU the catalogue has by now, with the item that holds its stock and the item of the SKU. */
export type AdoptableRecord = { id: string; sku: string; kept_item_id: string; own_item_id: string }

/**
 * The stock records whose SKU has an inventory item by now: the only item of a variant with the SKU, or else the item with the
 * SKU. An exact spelling takes precedence; another case counts where only one item matches. Hand-written, because it joins a table
 * of the plugin with tables of two of Medusa's modules.
 * @param skus the SKUs of the records to read; null for all records
 */
export function selectAdoptableRecords(db: Db, skus: readonly string[] | null): Promise<AdoptableRecord[]> {
  return rowsOf<AdoptableRecord>(
    db,
    `WITH record AS (
       SELECT id, sku, inventory_item_id FROM odoo_stock_record
       WHERE deleted_at IS NULL
         ${skus === null ? "" : "AND lower(sku) IN (SELECT lower(wanted) FROM unnest(CAST(:skus AS text[])) AS wanted)"}
     ), candidate AS (
       SELECT record.id, variant.sku = record.sku AS exact, 1 AS rank, min(link.inventory_item_id) AS item_id
       FROM record
       JOIN product_variant AS variant ON lower(variant.sku) = lower(record.sku) AND variant.deleted_at IS NULL
       JOIN product_variant_inventory_item AS link ON link.variant_id = variant.id AND link.deleted_at IS NULL
       GROUP BY record.id, record.sku, variant.id, variant.sku
       HAVING count(*) = 1 AND min(link.required_quantity) = 1
       UNION ALL
       SELECT record.id, item.sku = record.sku, 2, item.id
       FROM record
       JOIN inventory_item AS item ON lower(item.sku) = lower(record.sku) AND item.deleted_at IS NULL
       WHERE NOT ${belongsToAnotherSku("item")}
     ), best AS (
       SELECT DISTINCT ON (id, item_id) id, item_id, exact, rank,
              dense_rank() OVER (PARTITION BY id ORDER BY exact DESC, rank) AS place
       FROM candidate
       ORDER BY id, item_id, exact DESC, rank
     )
     SELECT record.id, record.sku, record.inventory_item_id AS kept_item_id, min(best.item_id) AS own_item_id
     FROM record JOIN best ON best.id = record.id AND best.place = 1
     GROUP BY record.id, record.sku, record.inventory_item_id
     HAVING count(*) = 1`,
    { skus }
  )
}
