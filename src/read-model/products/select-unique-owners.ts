import { rowsOf, type Db } from "../../modules/odoo/sql/db"

/** A variant whose SKU or bar code, or whose product's handle, is one that was asked for. */
export type UniqueOwnerRow = { wanted: string; sku: string | null; odoo_id: string | null }

/**
 * Whose these SKUs, bar codes and handles are; of a handle, all variants of the product. Hand-written, so that those of
 * thousands of products are three arrays and one statement.
 * @param wanted what is asked for, by what it is
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
