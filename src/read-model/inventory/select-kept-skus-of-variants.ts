import { rowsOf, type Db } from "../../database/statement"

/**
 * The SKUs of those of these variants for whose SKUs the plugin has a stock record. Hand-written for speed, because the query runs
 * for each new variant.
 */
export async function selectKeptSkusOfVariants(db: Db, variantIds: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ sku: string }>(
    db,
    `SELECT record.sku
     FROM odoo_stock_record AS record
     JOIN product_variant AS variant ON lower(variant.sku) = lower(record.sku) AND variant.deleted_at IS NULL
     WHERE variant.id = ANY(:variantIds) AND record.deleted_at IS NULL`,
    { variantIds }
  )
  return rows.map(({ sku }) => sku)
}
