import { rowsOf, type Db } from "../../modules/odoo/sql/db"

/** A variant that a statement of Odoo may be about. */
export type VariantMatchRow = { id: string; product_id: string; sku: string | null; odoo_id: string | null }

const SELECT = `SELECT id, product_id, sku, metadata->>'odoo_id' AS odoo_id FROM product_variant`

/** The variants of these SKUs, as they are written. Hand-written, so that thousands of them are one array and no ORM entities. */
export function selectVariantsBySku(db: Db, skus: readonly string[]): Promise<VariantMatchRow[]> {
  return rowsOf<VariantMatchRow>(db, `${SELECT} WHERE sku = ANY(:skus) AND deleted_at IS NULL`, { skus })
}

/**
 * The variants of these SKUs whatever the case of the letters, and those that are linked to these ids of Odoo; for the
 * few that are not found as they are written. Hand-written, because no index of Medusa's serves either.
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
