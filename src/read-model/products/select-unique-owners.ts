import { rowsOf, type Db } from "../../database/statement"

/** A variant that has one of the wanted SKUs or bar codes, or whose product has one of the wanted handles. */
export type UniqueOwnerRow = { wanted: string; sku: string | null; odoo_id: string | null }

/**
 * The variants that have these SKUs and bar codes, and all variants of the products with these handles. Hand-written, so that the
 * codes of thousands of products are bound as three arrays in one statement.
 * @param wanted the wanted codes, by what they are
 */
export function selectUniqueOwners(
  db: Db,
  wanted: { skus: readonly string[]; barcodes: readonly string[]; handles: readonly string[] }
): Promise<UniqueOwnerRow[]> {
  return rowsOf<UniqueOwnerRow>(
    db,
    `SELECT 'sku ' || variant.sku AS wanted, variant.sku, variant.metadata->>'odoo_id' AS odoo_id
     FROM product_variant AS variant
     WHERE variant.sku = ANY(:skus) AND variant.deleted_at IS NULL
     UNION ALL
     SELECT 'barcode ' || variant.barcode, variant.sku, variant.metadata->>'odoo_id'
     FROM product_variant AS variant
     WHERE variant.barcode = ANY(:barcodes) AND variant.deleted_at IS NULL
     UNION ALL
     SELECT 'handle ' || product.handle, variant.sku, variant.metadata->>'odoo_id'
     FROM product JOIN product_variant AS variant ON variant.product_id = product.id AND variant.deleted_at IS NULL
     WHERE product.handle = ANY(:handles) AND product.deleted_at IS NULL`,
    wanted
  )
}
