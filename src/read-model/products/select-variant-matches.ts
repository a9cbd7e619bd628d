import { rowsOf, type Db } from "../../database/statement"

/** A variant that an item of a push may mean. */
export type VariantMatchRow = { id: string; product_id: string; sku: string | null; odoo_id: string | null }

const SELECT = `SELECT id, product_id, sku, metadata->>'odoo_id' AS odoo_id FROM product_variant`

/**
 * The variants with these SKUs, spelled exactly so. Hand-written, so that thousands of SKUs are bound as one array, and no
 * entities are created.
 */
export function selectVariantsBySku(db: Db, skus: readonly string[]): Promise<VariantMatchRow[]> {
  return rowsOf<VariantMatchRow>(db, `${SELECT} WHERE sku = ANY(:skus) AND deleted_at IS NULL`, { skus })
}

/**
 * The variants with these SKUs in any case of the letters, and those that are linked to these ids in Odoo. For the few items whose
 * SKU is not found as it is spelled. Hand-written, because Medusa has no index for either.
 */
export function selectVariantsByLowerSkuOrOdooId(
  db: Db,
  wanted: { skus: readonly string[]; odooIds: readonly string[] }
): Promise<VariantMatchRow[]> {
  return rowsOf<VariantMatchRow>(
    db,
    `${SELECT}
     WHERE deleted_at IS NULL
       AND (lower(sku) IN (SELECT lower(wanted) FROM unnest(CAST(:skus AS text[])) AS wanted)
            OR metadata->>'odoo_id' = ANY(:odooIds))
     ORDER BY created_at, id`,
    wanted
  )
}
