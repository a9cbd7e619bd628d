import { generateEntityId } from "@medusajs/framework/utils"

import { rowsOf, type Db } from "./db"

export type StockRecordRow = { sku: string; inventory_item_id: string }

/**
 * Notes which inventory item keeps the stock of a SKU that the catalogue does not know. Hand-written for its
 * `ON CONFLICT`: of two pushes that meet the same unknown SKU, one makes the record.
 * @returns the records that were written; those that are missing stood already
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
