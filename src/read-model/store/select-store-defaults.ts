import { rowsOf, type Db } from "../../database/statement"

/** The defaults of the store for new products; null where it has none. */
export type StoreDefaults = {
  currency_code: string | null
  /** the currencies that Medusa knows, whether the store uses them or not */
  currencies: string[]
  sales_channel_id: string | null
  shipping_profile_id: string | null
  /** the name of the shipping profile; null where no profile has the id */
  shipping_profile_name: string | null
  /** whether the sales channel has a shipping option with the profile */
  is_shipped: boolean
  /** the locales of the store */
  locales: string[]
}

/** The options that replace defaults of the store; null where they are not set. */
export type SellingOptions = { salesChannelId: string | null; shippingProfileId: string | null }

/**
 * SQL that tells whether a sales channel has a shipping option with a shipping profile: one for shoppers and not for returns or
 * the dashboard alone, in a service zone with countries, of a stock location of the channel.
 * @param ofChannel the condition that the row `sells`, which joins channels and stock locations, is of the channel. The row of the
 *   profile is called `profile`
 */
export const isShipped = (ofChannel: string) => `EXISTS (
  SELECT 1
  FROM shipping_option AS option
  JOIN service_zone AS zone ON zone.id = option.service_zone_id AND zone.deleted_at IS NULL
  JOIN location_fulfillment_set AS served ON served.fulfillment_set_id = zone.fulfillment_set_id AND served.deleted_at IS NULL
  JOIN sales_channel_stock_location AS sells ON sells.stock_location_id = served.stock_location_id AND sells.deleted_at IS NULL
  WHERE option.shipping_profile_id = profile.id AND option.deleted_at IS NULL AND ${ofChannel}
    AND EXISTS (SELECT 1 FROM geo_zone WHERE geo_zone.service_zone_id = zone.id AND geo_zone.deleted_at IS NULL)
    AND NOT EXISTS (
      SELECT 1 FROM shipping_option_rule AS rule
      WHERE rule.shipping_option_id = option.id AND rule.deleted_at IS NULL AND rule.operator = 'eq'
        AND (rule.attribute, rule.value #>> '{}') IN (('is_return', 'true'), ('enabled_in_store', 'false'))
    )
)`

/**
 * Reads the defaults that a product needs to be sold. Hand-written, because it reads tables of six modules for each push. The
 * default shipping profile has the type `default`. Medusa's migrations create one, and the seed of a shop often another: one with
 * a shipping option takes precedence, then the oldest.
 */
export async function selectStoreDefaults(db: Db, { salesChannelId, shippingProfileId }: SellingOptions): Promise<StoreDefaults> {
  const [row] = await rowsOf<StoreDefaults>(
    db,
    `SELECT
       (SELECT currency_code FROM store_currency
        WHERE store_id = shop.store_id AND is_default AND deleted_at IS NULL LIMIT 1) AS currency_code,
       COALESCE((SELECT json_agg(code) FROM currency WHERE deleted_at IS NULL), '[]') AS currencies,
       shop.sales_channel_id,
       COALESCE(CAST(:shippingProfileId AS text), chosen.id) AS shipping_profile_id,
       chosen.name AS shipping_profile_name,
       COALESCE(chosen.is_shipped, false) AS is_shipped,
       COALESCE((SELECT json_agg(locale_code) FROM store_locale
        WHERE store_id = shop.store_id AND deleted_at IS NULL), '[]') AS locales
     FROM (
       SELECT store.id AS store_id, COALESCE(CAST(:salesChannelId AS text), store.default_sales_channel_id) AS sales_channel_id
       FROM (SELECT 1) AS one
       LEFT JOIN (SELECT id, default_sales_channel_id FROM store WHERE deleted_at IS NULL ORDER BY created_at, id LIMIT 1) AS store ON true
     ) AS shop
     LEFT JOIN LATERAL (
       SELECT profile.id, profile.name, ${isShipped("sells.sales_channel_id = shop.sales_channel_id")} AS is_shipped
       FROM shipping_profile AS profile
       WHERE profile.deleted_at IS NULL AND profile.id = COALESCE(CAST(:shippingProfileId AS text), profile.id)
       ORDER BY profile.type = 'default' DESC, is_shipped DESC, profile.created_at, profile.id
       LIMIT 1
     ) AS chosen ON true`,
    { salesChannelId, shippingProfileId }
  )
  return (
    row ?? {
      currency_code: null,
      currencies: [],
      sales_channel_id: null,
      shipping_profile_id: null,
      shipping_profile_name: null,
      is_shipped: false,
      locales: [],
    }
  )
}
