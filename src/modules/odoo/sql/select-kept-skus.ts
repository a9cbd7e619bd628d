import { rowsOf, type Db } from "../../../database/statement"

/**
 * Those of these SKUs, in any case of the letters, that have a stock record. Hand-written for speed: a push of new products checks
 * all of its SKUs, and few have one.
 */
export async function selectKeptSkus(db: Db, skus: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ sku: string }>(
    db,
    `SELECT sku FROM odoo_stock_record
     WHERE deleted_at IS NULL AND lower(sku) IN (SELECT lower(wanted) FROM unnest(CAST(:skus AS text[])) AS wanted)`,
    { skus }
  )
  return rows.map(({ sku }) => sku)
}
