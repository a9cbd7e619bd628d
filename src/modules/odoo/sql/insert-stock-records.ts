import { generateEntityId } from "@medusajs/framework/utils"

import type { StockRecordRow } from "../stock-types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Inserts stock records: which inventory item holds the stock of a SKU that the catalogue does not have. Hand-written for its
 * `ON CONFLICT`: of two pushes with the same unknown SKU, one creates the stock record.
 * @returns the inserted stock records, without those that existed already
 */
export function insertStockRecords(db: Db, records: readonly StockRecordRow[]): Promise<StockRecordRow[]> {
  return rowsOf<StockRecordRow>(
    db,
    `INSERT INTO odoo_stock_record (id, sku, inventory_item_id)
     SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:skus AS text[]), CAST(:items AS text[]))
     ON CONFLICT (sku) WHERE deleted_at IS NULL DO NOTHING
     RETURNING sku, inventory_item_id`,
    {
      ids: records.map(() => generateEntityId(undefined, "ostk")),
      skus: records.map(({ sku }) => sku),
      items: records.map(({ inventory_item_id }) => inventory_item_id),
    }
  )
}
