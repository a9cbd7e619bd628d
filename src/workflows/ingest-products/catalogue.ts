import type { BarcodeRow } from "../../modules/odoo/sql/select-barcodes"
import type { CatalogueProductRow } from "../../modules/odoo/sql/select-catalogue-products"
import type { CatalogueVariantRow } from "../../modules/odoo/sql/select-catalogue-variants"
import type { CategoryRow } from "../../modules/odoo/sql/select-product-categories"
import type { StockLocationRow } from "../../modules/odoo/sql/select-stock-locations"
import type { StoreDefaults } from "../../modules/odoo/sql/select-store-defaults"
import type { TranslationRow } from "../../modules/odoo/sql/select-translations"
import type { VariantMatchRow } from "../../modules/odoo/sql/select-variant-matches"
import type { AmountUnit } from "../../wire/money"

export type CatalogueVariant = CatalogueVariantRow

/** A product with all its variants, the oldest first. */
export type CatalogueProduct = CatalogueProductRow & { variants: CatalogueVariant[] }

/** What a product that Odoo makes takes from the shop, and how amounts are spoken. */
export type ShopTerms = StoreDefaults & {
  amountUnit: AmountUnit
  locations: readonly StockLocationRow[]
  defaultLocationId: string | null
}

/** What an inventory item has at a location. */
export type LevelStock = { location_id: string; quantity: number }

/** A stock level of an inventory item, and of what time (ISO 8601) the latest statement about it is that said so. */
export type CatalogueLevel = LevelStock & { stated_at: string | null }

/** The part of the catalogue that a batch of statements is about, read in a fixed number of statements. */
export type Catalogue = {
  shop: ShopTerms
  products: ReadonlyMap<string, CatalogueProduct>
  /** the variants that statements may mean, by whatever they were found */
  matches: readonly VariantMatchRow[]
  /** the product of each template of Odoo */
  templates: ReadonlyMap<string, string>
  categories: readonly CategoryRow[]
  /** ids by value */
  tags: ReadonlyMap<string, string>
  handles: ReadonlySet<string>
  barcodes: ReadonlyMap<string, BarcodeRow>
  /** inventory items that no variant has, by SKU */
  unlinkedItems: ReadonlyMap<string, string>
  /** by inventory item */
  levels: ReadonlyMap<string, readonly CatalogueLevel[]>
  /** by product; null where the shop has no translation module */
  translations: ReadonlyMap<string, readonly TranslationRow[]> | null
}
