import { rowsOf, type Db } from "../../modules/odoo/sql/db"

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
