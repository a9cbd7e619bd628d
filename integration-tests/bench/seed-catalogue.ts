import type { ProcessShop } from "../support/process-shop"
import type { Size } from "./size"

/** The SKU of the nth inventory item, counted from 1; the first ones are those of the products. */
export const skuOf = (n: number) => `BENCH-${String(n).padStart(6, "0")}`

/** What a product costs at first, in the minor unit of a currency with three decimals. */
export const priceOf = (n: number) => 1_000 + (n % 9_000)

/** What is stocked of an item at first. */
export const stockOf = (n: number) => 100 + (n % 400)

export const titleOf = (n: number) => `Article ${String(n)}`

const NUMBER = "lpad(n::text, 6, '0')"
const PRICE = "((1000 + n % 9000)::numeric / 1000)"
/** Over some months, each in another second, and in another order than their numbers. */
const CREATED = "now() - interval '1 year' + (n * 7919 % 9999991) * interval '1 second'"
const PRODUCTS = "generate_series(1, $1::integer) AS n"
const exact = (amount: string) => `jsonb_build_object('value', (${amount})::text, 'precision', 20)`

/**
 * Fills the catalogue as Medusa would have it, by SQL: through Medusa it takes minutes. Each product has one variant, an
 * inventory item of its own and a price; the items beyond them have no variant.
 */
export async function seedCatalogue(shop: ProcessShop, { products, skus }: Size): Promise<void> {
  const { salesChannelId, currencyCode, locationId } = shop.shop
  const fill = (statement: string, ...values: (string | number)[]) => shop.query(statement, values)
  await fill(
    `INSERT INTO product (id, title, handle, status, metadata)
     SELECT 'prod_' || ${NUMBER}, 'Article ' || n, 'article-' || n, 'published', jsonb_build_object('odoo_id', n)
     FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO product_option (id, title, is_exclusive) SELECT 'opt_' || ${NUMBER}, 'Default option', true FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO product_option_value (id, value, option_id)
     SELECT 'optval_' || ${NUMBER}, 'Default option value', 'opt_' || ${NUMBER} FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO product_product_option (id, product_id, product_option_id)
     SELECT 'prodopt_' || ${NUMBER}, 'prod_' || ${NUMBER}, 'opt_' || ${NUMBER} FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO product_product_option_value (id, product_product_option_id, product_option_value_id)
     SELECT 'prodoptval_' || ${NUMBER}, 'prodopt_' || ${NUMBER}, 'optval_' || ${NUMBER} FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO product_variant (id, title, sku, product_id, manage_inventory, allow_backorder, metadata)
     SELECT 'variant_' || ${NUMBER}, 'Article ' || n, 'BENCH-' || ${NUMBER}, 'prod_' || ${NUMBER}, true, false, jsonb_build_object('odoo_id', n)
     FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO product_variant_option (variant_id, option_value_id) SELECT 'variant_' || ${NUMBER}, 'optval_' || ${NUMBER} FROM ${PRODUCTS}`,
    products
  )
  await fill(`INSERT INTO price_set (id) SELECT 'pset_' || ${NUMBER} FROM ${PRODUCTS}`, products)
  await fill(
    `INSERT INTO price (id, price_set_id, currency_code, amount, raw_amount, rules_count)
     SELECT 'price_' || ${NUMBER}, 'pset_' || ${NUMBER}, $2, ${PRICE}, ${exact(`trim_scale(${PRICE})`)}, 0 FROM ${PRODUCTS}`,
    products, currencyCode
  )
  await fill(
    `INSERT INTO product_variant_price_set (id, variant_id, price_set_id)
     SELECT 'pvps_' || ${NUMBER}, 'variant_' || ${NUMBER}, 'pset_' || ${NUMBER} FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO product_sales_channel (id, product_id, sales_channel_id)
     SELECT 'prodsc_' || ${NUMBER}, 'prod_' || ${NUMBER}, $2 FROM ${PRODUCTS}`,
    products, salesChannelId
  )
  await fill(
    `INSERT INTO product_shipping_profile (id, product_id, shipping_profile_id)
     SELECT 'prodsp_' || ${NUMBER}, 'prod_' || ${NUMBER}, (SELECT id FROM shipping_profile WHERE deleted_at IS NULL ORDER BY created_at LIMIT 1)
     FROM ${PRODUCTS}`,
    products
  )
  await fill(
    `INSERT INTO inventory_item (id, sku, title, requires_shipping, created_at)
     SELECT 'iitem_' || ${NUMBER}, 'BENCH-' || ${NUMBER}, 'Article ' || n, true, ${CREATED} FROM ${PRODUCTS}`,
    skus
  )
  await fill(
    `INSERT INTO inventory_level (id, inventory_item_id, location_id, stocked_quantity, raw_stocked_quantity, raw_reserved_quantity, raw_incoming_quantity, created_at)
     SELECT 'ilev_' || ${NUMBER}, 'iitem_' || ${NUMBER}, $2, 100 + n % 400, ${exact("100 + n % 400")}, ${exact("0")}, ${exact("0")}, ${CREATED} FROM ${PRODUCTS}`,
    skus, locationId
  )
  await fill(
    `INSERT INTO product_variant_inventory_item (id, variant_id, inventory_item_id, required_quantity)
     SELECT 'pvitem_' || ${NUMBER}, 'variant_' || ${NUMBER}, 'iitem_' || ${NUMBER}, 1 FROM ${PRODUCTS}`,
    products
  )
}
