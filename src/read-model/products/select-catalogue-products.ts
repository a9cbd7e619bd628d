import { rowsOf, type Db } from "../../database/statement"

export type CatalogueOption = { id: string; title: string; values: { id: string; value: string }[] }

/** A product with all that Odoo can change. */
export type CatalogueProductRow = {
  id: string
  title: string
  handle: string
  status: string
  description: string | null
  thumbnail: string | null
  weight: number | null
  hs_code: string | null
  origin_country: string | null
  metadata: Record<string, unknown> | null
  images: { id: string; url: string }[]
  tags: string[]
  category_ids: string[]
  options: CatalogueOption[]
}

/** The columns of a product that Odoo can change. */
export const PRODUCT_COLUMNS = [
  "title", "description", "handle", "status", "thumbnail", "weight", "hs_code", "origin_country",
] as const satisfies readonly (keyof CatalogueProductRow)[]

/**
 * Reads products in one SQL statement. Hand-written, because the ORM reads each relation in a statement of its own, and creates an
 * entity for each image, tag and option value.
 */
export function selectCatalogueProducts(db: Db, ids: readonly string[]): Promise<CatalogueProductRow[]> {
  return rowsOf<CatalogueProductRow>(
    db,
    `SELECT product.id, product.metadata, ${PRODUCT_COLUMNS.map((column) => `product.${column}`).join(", ")},
       COALESCE((
         SELECT json_agg(json_build_object('id', image.id, 'url', image.url) ORDER BY image.rank, image.id)
         FROM image WHERE image.product_id = product.id AND image.deleted_at IS NULL
       ), '[]') AS images,
       COALESCE((
         SELECT json_agg(tag.value ORDER BY tag.value)
         FROM product_tags AS link JOIN product_tag AS tag ON tag.id = link.product_tag_id AND tag.deleted_at IS NULL
         WHERE link.product_id = product.id
       ), '[]') AS tags,
       COALESCE((
         SELECT json_agg(category.id)
         FROM product_category_product AS link
         JOIN product_category AS category ON category.id = link.product_category_id AND category.deleted_at IS NULL
         WHERE link.product_id = product.id
       ), '[]') AS category_ids,
       COALESCE((
         SELECT json_agg(json_build_object('id', option.id, 'title', option.title, 'values', COALESCE((
             SELECT json_agg(json_build_object('id', value.id, 'value', value.value))
             FROM product_product_option_value AS allowed
             JOIN product_option_value AS value ON value.id = allowed.product_option_value_id AND value.deleted_at IS NULL
             WHERE allowed.product_product_option_id = link.id AND allowed.deleted_at IS NULL
           ), '[]')) ORDER BY link.created_at, link.id)
         FROM product_product_option AS link
         JOIN product_option AS option ON option.id = link.product_option_id AND option.deleted_at IS NULL
         WHERE link.product_id = product.id AND link.deleted_at IS NULL
       ), '[]') AS options
     FROM product
     WHERE product.id = ANY(:ids) AND product.deleted_at IS NULL`,
    { ids }
  )
}
