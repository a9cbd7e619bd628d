import { rowsOf, type Db } from "./db"

/** What metadata has to say: the keys with their values, and those that must not be there. */
type WantedMetadata = { set?: Record<string, unknown> | undefined; gone?: string[] | undefined }

/** What is said of a product and its variant, by the names of Medusa's columns. What is left out was not said. */
export type WantedProduct = {
  /** which of the statements it is */
  at: number
  /** as it is written */
  sku: string
  /** columns of the product */
  product?: Record<string, string | number | null> | undefined
  /** columns of the product where the variant is the one that leads it */
  lead?: Record<string, string | number | null> | undefined
  variant?: Record<string, string | number | boolean | null> | undefined
  product_metadata: WantedMetadata
  lead_metadata: WantedMetadata
  variant_metadata: WantedMetadata
  /** major units as exact digits, by currency */
  prices?: Record<string, string> | undefined
  /** all options of the product, with the variant's values */
  options?: Record<string, string> | undefined
  /** addresses in their order */
  images?: string[] | undefined
  tags?: string[] | undefined
  category_ids?: string[] | undefined
  location_id?: string | undefined
  quantity?: number | undefined
}

/** A variant on which nothing differs, and what its product is called. */
export type UnchangedRow = { at: number; variant_id: string; sku: string; id: string; title: string; handle: string }

const metadataIs = (record: "product" | "variant", part: "product" | "lead" | "variant") =>
  `(wanted.${part}_set IS NULL OR COALESCE(${record}.metadata, '{}') || wanted.${part}_set = COALESCE(${record}.metadata, '{}'))
   AND (wanted.${part}_gone IS NULL OR NOT jsonb_exists_any(COALESCE(${record}.metadata, '{}'), wanted.${part}_gone))`

const recordOf = ({ product_metadata, lead_metadata, variant_metadata, ...wanted }: WantedProduct) => ({
  ...wanted,
  product_set: product_metadata.set,
  product_gone: product_metadata.gone,
  lead_set: lead_metadata.set,
  lead_gone: lead_metadata.gone,
  variant_set: variant_metadata.set,
  variant_gone: variant_metadata.gone,
})

/**
 * Finds the statements that say of a product what it is already. Hand-written, because most of a catalogue is as it was
 * whenever it is pushed: the database compares a thousand products while the ORM would make entities of a few, and
 * nothing of them has to be brought here. It is strict: what it does not name may still turn out to be the same. A SKU has
 * to be as it is written, and of what goes out of the shop and comes back nothing is told here.
 */
export async function selectUnchangedProducts(db: Db, wanted: readonly WantedProduct[]): Promise<UnchangedRow[]> {
  return await rowsOf<UnchangedRow>(
    db,
    `SELECT wanted.at, variant.id AS variant_id, variant.sku, product.id, product.title, product.handle
     FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS wanted (
       at integer, sku text, product jsonb, lead jsonb, variant jsonb, product_set jsonb, product_gone text[],
       lead_set jsonb, lead_gone text[], variant_set jsonb, variant_gone text[], prices jsonb, options jsonb,
       images text[], tags text[], category_ids text[], location_id text, quantity numeric
     )
     JOIN product_variant AS variant ON variant.sku = wanted.sku AND variant.deleted_at IS NULL
     JOIN product ON product.id = variant.product_id AND product.deleted_at IS NULL
     WHERE product.metadata->>'odoo_archived' IS NULL AND variant.metadata->>'odoo_archived' IS NULL
       AND (wanted.product IS NULL OR jsonb_build_object(
         'title', product.title, 'description', product.description, 'handle', product.handle, 'status', product.status,
         'thumbnail', product.thumbnail
       ) @> wanted.product)
       AND (wanted.variant IS NULL OR jsonb_build_object(
         'title', variant.title, 'barcode', variant.barcode, 'hs_code', variant.hs_code, 'weight', variant.weight,
         'origin_country', variant.origin_country, 'manage_inventory', variant.manage_inventory,
         'allow_backorder', variant.allow_backorder
       ) @> wanted.variant)
       AND ${metadataIs("product", "product")}
       AND ${metadataIs("variant", "variant")}
       AND ((wanted.lead IS NULL AND wanted.lead_set IS NULL AND wanted.lead_gone IS NULL)
         OR variant.id <> (
           SELECT sibling.id FROM product_variant AS sibling
           WHERE sibling.product_id = product.id AND sibling.deleted_at IS NULL
           ORDER BY sibling.created_at, sibling.variant_rank, sibling.id LIMIT 1
         )
         OR ((wanted.lead IS NULL OR jsonb_build_object(
             'weight', product.weight, 'hs_code', product.hs_code, 'origin_country', product.origin_country
           ) @> wanted.lead)
           AND ${metadataIs("product", "lead")}))
       AND (wanted.prices IS NULL OR NOT EXISTS (
         SELECT 1 FROM jsonb_each_text(wanted.prices) AS money (currency_code, amount)
         WHERE NOT COALESCE((
           SELECT bool_and(COALESCE(CAST(price.raw_amount->>'value' AS numeric), price.amount) = CAST(money.amount AS numeric))
           FROM product_variant_price_set AS priced
           JOIN price ON price.price_set_id = priced.price_set_id AND price.deleted_at IS NULL
           WHERE priced.variant_id = variant.id AND priced.deleted_at IS NULL AND price.currency_code = money.currency_code
             AND price.price_list_id IS NULL AND COALESCE(price.rules_count, 0) = 0
             AND price.min_quantity IS NULL AND price.max_quantity IS NULL
         ), false)
       ))
       AND (wanted.options IS NULL OR (
         wanted.options = (
           SELECT jsonb_object_agg(option.title, value.value)
           FROM product_variant_option AS link
           JOIN product_option_value AS value ON value.id = link.option_value_id AND value.deleted_at IS NULL
           JOIN product_option AS option ON option.id = value.option_id AND option.deleted_at IS NULL
           WHERE link.variant_id = variant.id
         )
         AND NOT EXISTS (
           SELECT 1 FROM product_product_option AS link
           JOIN product_option AS option ON option.id = link.product_option_id AND option.deleted_at IS NULL
           WHERE link.product_id = product.id AND link.deleted_at IS NULL AND NOT jsonb_exists(wanted.options, option.title)
         )
       ))
       AND (wanted.images IS NULL OR wanted.images = ARRAY(
         SELECT image.url FROM image WHERE image.product_id = product.id AND image.deleted_at IS NULL ORDER BY image.rank, image.id
       ))
       AND (wanted.tags IS NULL OR (
         SELECT wanted.tags @> present.tags AND wanted.tags <@ present.tags
         FROM (SELECT ARRAY(
           SELECT tag.value FROM product_tags AS link
           JOIN product_tag AS tag ON tag.id = link.product_tag_id AND tag.deleted_at IS NULL WHERE link.product_id = product.id
         ) AS tags) AS present
       ))
       AND (wanted.category_ids IS NULL OR (
         SELECT wanted.category_ids @> present.ids AND wanted.category_ids <@ present.ids
         FROM (SELECT ARRAY(
           SELECT category.id FROM product_category_product AS link
           JOIN product_category AS category ON category.id = link.product_category_id AND category.deleted_at IS NULL
           WHERE link.product_id = product.id
         ) AS ids) AS present
       ))
       AND (wanted.quantity IS NULL OR NOT variant.manage_inventory OR COALESCE((
         SELECT count(*) = 1 AND bool_and(COALESCE(level.stocked_quantity = wanted.quantity, false))
         FROM product_variant_inventory_item AS link
         JOIN inventory_item AS item ON item.id = link.inventory_item_id AND item.deleted_at IS NULL
         LEFT JOIN inventory_level AS level
           ON level.inventory_item_id = item.id AND level.location_id = wanted.location_id AND level.deleted_at IS NULL
         WHERE link.variant_id = variant.id AND link.deleted_at IS NULL
       ), false))`,
    { wanted: JSON.stringify(wanted.map(recordOf)) }
  )
}
