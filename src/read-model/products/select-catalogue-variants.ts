import { rowsOf, type Db } from "../../database/statement"

/** A variant with all that Odoo can change. */
export type CatalogueVariantRow = {
  id: string
  product_id: string
  sku: string | null
  title: string
  variant_rank: number | null
  barcode: string | null
  hs_code: string | null
  origin_country: string | null
  weight: number | null
  manage_inventory: boolean
  allow_backorder: boolean
  metadata: Record<string, unknown> | null
  price_set_id: string | null
  /** the prices without a price list, rules and quantity bounds; amounts with all digits, in major units */
  prices: { id: string; currency_code: string; amount: string }[]
  options: { title: string; value: string }[]
  inventory_items: { id: string; sku: string | null }[]
}

/** The columns of a variant that Odoo can change, without the SKU. */
export const VARIANT_COLUMNS = [
  "title", "barcode", "weight", "hs_code", "origin_country", "manage_inventory", "allow_backorder",
] as const satisfies readonly (keyof CatalogueVariantRow)[]

/**
 * Reads all variants of products in one SQL statement, the oldest first. Hand-written, because it reads tables of three modules,
 * which Medusa's query reads one after another, creating an entity for each price.
 */
export function selectCatalogueVariants(db: Db, productIds: readonly string[]): Promise<CatalogueVariantRow[]> {
  return rowsOf<CatalogueVariantRow>(
    db,
    `SELECT variant.id, variant.product_id, variant.sku, variant.variant_rank, variant.metadata, priced.price_set_id,
       ${VARIANT_COLUMNS.map((column) => `variant.${column}`).join(", ")},
       COALESCE((
         SELECT json_agg(json_build_object('id', price.id, 'currency_code', price.currency_code,
           'amount', COALESCE(price.raw_amount->>'value', price.amount::text)))
         FROM price
         WHERE price.price_set_id = priced.price_set_id AND price.price_list_id IS NULL AND COALESCE(price.rules_count, 0) = 0
           AND price.min_quantity IS NULL AND price.max_quantity IS NULL AND price.deleted_at IS NULL
       ), '[]') AS prices,
       COALESCE((
         SELECT json_agg(json_build_object('title', option.title, 'value', value.value))
         FROM product_variant_option AS link
         JOIN product_option_value AS value ON value.id = link.option_value_id AND value.deleted_at IS NULL
         JOIN product_option AS option ON option.id = value.option_id AND option.deleted_at IS NULL
         WHERE link.variant_id = variant.id
       ), '[]') AS options,
       COALESCE((
         SELECT json_agg(json_build_object('id', item.id, 'sku', item.sku) ORDER BY item.id)
         FROM product_variant_inventory_item AS link
         JOIN inventory_item AS item ON item.id = link.inventory_item_id AND item.deleted_at IS NULL
         WHERE link.variant_id = variant.id AND link.deleted_at IS NULL
       ), '[]') AS inventory_items
     FROM product_variant AS variant
     LEFT JOIN product_variant_price_set AS priced ON priced.variant_id = variant.id AND priced.deleted_at IS NULL
     WHERE variant.product_id = ANY(:productIds) AND variant.deleted_at IS NULL
     ORDER BY variant.created_at, variant.variant_rank, variant.id`,
    { productIds }
  )
}
