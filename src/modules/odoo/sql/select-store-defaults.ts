import { rowsOf, type Db } from "./db"

/** What the store falls back on; null where it has none. */
export type StoreDefaults = {
  currency_code: string | null
  /** the currencies that Medusa knows, whatever the store sells in */
  currencies: string[]
  sales_channel_id: string | null
  shipping_profile_id: string | null
  /** the locales that the store speaks */
  locales: string[]
}

/**
 * The defaults that a product needs to be sold. Hand-written, because four modules would be asked in turn for each
 * push. The default shipping profile is the oldest of the type `default`, as Medusa's own dashboard takes it.
 */
export async function selectStoreDefaults(db: Db): Promise<StoreDefaults> {
  const [row] = await rowsOf<StoreDefaults>(
    db,
    `SELECT
       (SELECT currency_code FROM store_currency
        WHERE store_id = store.id AND is_default AND deleted_at IS NULL LIMIT 1) AS currency_code,
       COALESCE((SELECT json_agg(code) FROM currency WHERE deleted_at IS NULL), '[]') AS currencies,
       store.default_sales_channel_id AS sales_channel_id,
       (SELECT id FROM shipping_profile
        WHERE deleted_at IS NULL ORDER BY type = 'default' DESC, created_at, id LIMIT 1) AS shipping_profile_id,
       COALESCE((SELECT json_agg(locale_code) FROM store_locale
        WHERE store_id = store.id AND deleted_at IS NULL), '[]') AS locales
     FROM (SELECT 1) AS one
     LEFT JOIN (SELECT id, default_sales_channel_id FROM store WHERE deleted_at IS NULL ORDER BY created_at, id LIMIT 1) AS store ON true`,
    {}
  )
  return row ?? { currency_code: null, currencies: [], sales_channel_id: null, shipping_profile_id: null, locales: [] }
}
