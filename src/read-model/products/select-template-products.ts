import { rowsOf, type Db } from "../../database/statement"

export type TemplateProductRow = { id: string; template_id: string }

/**
 * The products that are linked to these product templates in Odoo, the oldest first. Hand-written, because the ORM creates an
 * entity for each.
 */
export function selectTemplateProducts(db: Db, templateIds: readonly string[]): Promise<TemplateProductRow[]> {
  return rowsOf<TemplateProductRow>(
    db,
    `SELECT id, metadata->>'odoo_product_tmpl_id' AS template_id
     FROM product
     WHERE metadata->>'odoo_product_tmpl_id' = ANY(:templateIds) AND deleted_at IS NULL
     ORDER BY created_at, id`,
    { templateIds }
  )
}
