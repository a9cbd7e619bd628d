import { rowsOf, type Db } from "../../database/statement"

export type ProductNameRow = { variant_id: string; sku: string; id: string; title: string; handle: string }

/** The names of the products of variants. Hand-written for speed, because a push names thousands. */
export function selectProductNames(db: Db, variantIds: readonly string[]): Promise<ProductNameRow[]> {
  return rowsOf<ProductNameRow>(
    db,
    `SELECT variant.id AS variant_id, COALESCE(variant.sku, '') AS sku, product.id, product.title, product.handle
     FROM product_variant AS variant JOIN product ON product.id = variant.product_id
     WHERE variant.id = ANY(:variantIds) AND variant.deleted_at IS NULL`,
    { variantIds }
  )
}
