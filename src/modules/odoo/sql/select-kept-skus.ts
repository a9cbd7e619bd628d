import { rowsOf, type Db } from "./db"

/** Which of these variants' SKUs we keep stock for. Hand-written, because every new variant asks it. */
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

/**
 * Which of these SKUs, whatever the case of their letters, we keep stock for. Hand-written, because a push of new products
 * asks it of all of them, and for nearly none is there any.
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
