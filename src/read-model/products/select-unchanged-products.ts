import { rowsOf, type Db } from "../../database/statement"
import { PRODUCT_COLUMNS } from "./select-catalogue-products"
import { VARIANT_COLUMNS } from "./select-catalogue-variants"

type Columns = Record<string, string | number | boolean | null>

/** The values that an item of a push states for a product and its variant, by the names of Medusa's columns. An undefined member is not stated. */
export type WantedProduct = {
  /** the index of the item in the push */
  at: number
  /** spelled as in the item */
  sku: string
  /** the metadata of the product that each of its variants may state */
  shared_set: Record<string, unknown> | undefined
  /** columns of the product, which only its speaker may change (`speakersOf`) */
  product: Columns | undefined
  /** metadata of the product, as the speaker states it, and the keys that must be missing */
  product_set: Record<string, unknown> | undefined
  product_gone: string[] | undefined
  variant: Columns | undefined
  variant_set: Record<string, unknown> | undefined
  variant_gone: string[] | undefined
  /** by currency: amounts with all digits, in major units */
  prices: Record<string, string> | undefined
  /** the variant's value of each option of the product */
  options: Record<string, string> | undefined
  /** the addresses of the product's images, in their order */
  images: string[] | undefined
  tags: string[] | undefined
  category_ids: string[] | undefined
  location_id: string | undefined
  quantity: number | undefined
  /** whether the quantity counts the available pieces instead of those on hand */
  is_available: boolean
}

/** A variant that is already as its item states, and the names of its product. */
export type UnchangedRow = { at: number; variant_id: string; sku: string; id: string; title: string; handle: string }

const columnsOf = (record: "product" | "variant", columns: readonly string[]) =>
  `jsonb_build_object(${columns.map((column) => `'${column}', ${record}.${column}`).join(", ")})`

const isSet = (record: "product" | "variant", part: "shared" | "product" | "variant") =>
  `COALESCE(${record}.metadata, '{}') || wanted.${part}_set = COALESCE(${record}.metadata, '{}')`

const isGone = (record: "product" | "variant") =>
  `NOT jsonb_exists_any(COALESCE(${record}.metadata, '{}'), wanted.${record}_gone)`

/**
 * The condition that a variant is not the speaker of its product (`speakersOf`): the oldest variant in the shop that is linked to
 * Odoo, or else the oldest of all.
 */
const NOT_SPEAKING = `variant.id <> (
  SELECT sibling.id FROM product_variant AS sibling
  WHERE sibling.product_id = product.id AND sibling.deleted_at IS NULL AND sibling.metadata->>'odoo_archived' IS NULL
  ORDER BY sibling.metadata->>'odoo_id' IS NULL, sibling.created_at, sibling.variant_rank, sibling.id LIMIT 1
)`

/** The condition under which each stated member is as it is stated. */
const CONDITIONS: Partial<Record<keyof WantedProduct, string>> = {
  shared_set: isSet("product", "shared"),
  product: `${columnsOf("product", PRODUCT_COLUMNS)} @> wanted.product OR ${NOT_SPEAKING}`,
  product_set: `${isSet("product", "product")} OR ${NOT_SPEAKING}`,
  product_gone: `${isGone("product")} OR ${NOT_SPEAKING}`,
  variant: `${columnsOf("variant", VARIANT_COLUMNS)} @> wanted.variant`,
  variant_set: isSet("variant", "variant"),
  variant_gone: isGone("variant"),
  prices: `NOT EXISTS (
    SELECT 1 FROM jsonb_each_text(wanted.prices) AS money (currency_code, amount)
    WHERE NOT COALESCE((
      SELECT bool_and(COALESCE(CAST(price.raw_amount->>'value' AS numeric), price.amount) = CAST(money.amount AS numeric))
      FROM product_variant_price_set AS priced
      JOIN price ON price.price_set_id = priced.price_set_id AND price.deleted_at IS NULL
      WHERE priced.variant_id = variant.id AND priced.deleted_at IS NULL AND price.currency_code = money.currency_code
        AND price.price_list_id IS NULL AND COALESCE(price.rules_count, 0) = 0
        AND price.min_quantity IS NULL AND price.max_quantity IS NULL
    ), false)
  )`,
  options: `wanted.options = (
    SELECT jsonb_object_agg(option.title, value.value)
    FROM product_variant_option AS link
    JOIN product_option_value AS value ON value.id = link.option_value_id AND value.deleted_at IS NULL
    JOIN product_option AS option ON option.id = value.option_id AND option.deleted_at IS NULL
    WHERE link.variant_id = variant.id
  ) AND NOT EXISTS (
    SELECT 1 FROM product_product_option AS link
    JOIN product_option AS option ON option.id = link.product_option_id AND option.deleted_at IS NULL
    WHERE link.product_id = product.id AND link.deleted_at IS NULL AND NOT jsonb_exists(wanted.options, option.title)
  )`,
  images: `wanted.images = ARRAY(
    SELECT image.url FROM image WHERE image.product_id = product.id AND image.deleted_at IS NULL ORDER BY image.rank, image.id
  ) OR ${NOT_SPEAKING}`,
  tags: `ARRAY(SELECT unnest(wanted.tags) ORDER BY 1) = ARRAY(
    SELECT tag.value FROM product_tags AS link
    JOIN product_tag AS tag ON tag.id = link.product_tag_id AND tag.deleted_at IS NULL
    WHERE link.product_id = product.id ORDER BY 1
  ) OR ${NOT_SPEAKING}`,
  category_ids: `ARRAY(SELECT DISTINCT unnest(wanted.category_ids) ORDER BY 1) = ARRAY(
    SELECT category.id FROM product_category_product AS link
    JOIN product_category AS category ON category.id = link.product_category_id AND category.deleted_at IS NULL
    WHERE link.product_id = product.id ORDER BY 1
  ) OR ${NOT_SPEAKING}`,
  quantity: `NOT variant.manage_inventory OR (
    SELECT count(*) = 1 AND bool_and(COALESCE(level.stocked_quantity - CASE WHEN wanted.is_available THEN level.reserved_quantity ELSE 0 END = wanted.quantity, false))
    FROM product_variant_inventory_item AS link
    JOIN inventory_item AS item ON item.id = link.inventory_item_id AND item.deleted_at IS NULL
    LEFT JOIN inventory_level AS level
      ON level.inventory_item_id = item.id AND level.location_id = wanted.location_id AND level.deleted_at IS NULL
    WHERE link.variant_id = variant.id AND link.deleted_at IS NULL
  )`,
}

const PARTS = Object.entries(CONDITIONS) as [keyof WantedProduct, string][]

/**
 * Finds the items of a push that change nothing, in one SQL statement. Hand-written, because most of a catalogue is unchanged
 * whenever it is pushed: Postgres compares a thousand products in the time in which the ORM creates a few entities. A found item
 * certainly changes nothing; the others may turn out to change nothing as well. Only exact spellings of SKUs are compared, and no
 * variants that Odoo has archived. The statement contains the conditions of stated members only.
 */
export async function selectUnchangedProducts(db: Db, wanted: readonly WantedProduct[]): Promise<UnchangedRow[]> {
  const conditions = PARTS.filter(([part]) => wanted.some((statement) => statement[part] !== undefined)).map(
    ([part, condition]) => `AND (wanted.${part} IS NULL OR ${condition})`
  )
  return await rowsOf<UnchangedRow>(
    db,
    `SELECT wanted.at, variant.id AS variant_id, variant.sku, product.id, product.title, product.handle
     FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS wanted (
       at integer, sku text, shared_set jsonb, product jsonb, product_set jsonb, product_gone text[],
       variant jsonb, variant_set jsonb, variant_gone text[], prices jsonb, options jsonb, images text[], tags text[],
       category_ids text[], location_id text, quantity numeric, is_available boolean
     )
     JOIN product_variant AS variant ON variant.sku = wanted.sku AND variant.deleted_at IS NULL
     JOIN product ON product.id = variant.product_id AND product.deleted_at IS NULL
     WHERE product.metadata->>'odoo_archived' IS NULL AND variant.metadata->>'odoo_archived' IS NULL
       ${conditions.join("\n")}`,
    { wanted: JSON.stringify(wanted) }
  )
}
