import { rowsOf, type Db } from "../../database/statement"

export type VariantSkuRow = { id: string; sku: string | null; name: string }

/**
 * The variants of published products by their ids, with their SKUs. Hand-written for speed, because all of a catalogue are read, in
 * pages.
 * @param page.after the id of the last variant of the page before; empty for the first page
 */
export function selectVariantSkus(db: Db, page: { after: string; limit: number }): Promise<VariantSkuRow[]> {
  return rowsOf<VariantSkuRow>(
    db,
    `SELECT variant.id, variant.sku, concat_ws(', ', product.title, variant.title) AS name
     FROM product_variant AS variant
     JOIN product ON product.id = variant.product_id AND product.deleted_at IS NULL AND product.status = 'published'
     WHERE variant.deleted_at IS NULL AND variant.id > :after
     ORDER BY variant.id
     LIMIT :limit`,
    page
  )
}
