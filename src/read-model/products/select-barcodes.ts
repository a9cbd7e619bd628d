import { rowsOf, type Db } from "../../database/statement"

export type BarcodeRow = { barcode: string; variant_id: string; sku: string | null }

/** The variants with these bar codes; Medusa allows a bar code once. Hand-written, so that thousands of them are bound as one array. */
export function selectBarcodes(db: Db, barcodes: readonly string[]): Promise<BarcodeRow[]> {
  return rowsOf<BarcodeRow>(
    db,
    `SELECT barcode, id AS variant_id, sku FROM product_variant WHERE barcode = ANY(:barcodes) AND deleted_at IS NULL`,
    { barcodes }
  )
}
