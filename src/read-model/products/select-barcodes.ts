import { rowsOf, type Db } from "../../modules/odoo/sql/db"

export type BarcodeRow = { barcode: string; variant_id: string; sku: string | null }

/** Whose these bar codes are; Medusa lets no two variants share one. Hand-written, so that thousands are one array. */
export function selectBarcodes(db: Db, barcodes: readonly string[]): Promise<BarcodeRow[]> {
  return rowsOf<BarcodeRow>(
    db,
    `SELECT barcode, id AS variant_id, sku FROM product_variant WHERE barcode = ANY(:barcodes) AND deleted_at IS NULL`,
    { barcodes }
  )
}
