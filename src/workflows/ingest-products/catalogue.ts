import type { BarcodeRow } from "../../read-model/products/select-barcodes"
import type { CatalogueProductRow } from "../../read-model/products/select-catalogue-products"
import type { CatalogueVariantRow } from "../../read-model/products/select-catalogue-variants"
import type { ProductSelling } from "../../read-model/products/select-product-selling"
import type { CategoryRow } from "../../read-model/products/select-product-categories"
import type { SkuItemRow } from "../../read-model/inventory/select-sku-items"
import type { StockLocationRow } from "../../read-model/inventory/select-stock-locations"
import type { StoreDefaults } from "../../read-model/store/select-store-defaults"
import type { TranslationRow } from "../../read-model/products/select-translations"
import type { VariantMatchRow } from "../../read-model/products/select-variant-matches"
import type { AmountUnit } from "../../wire/money"
import type { QuantityIs } from "../../wire/schemas/inventory"
import type { LocationMapping } from "../ingest-inventory/locate"

export type CatalogueVariant = CatalogueVariantRow

/** A product with all its variants, the oldest first. */
export type CatalogueProduct = CatalogueProductRow & { variants: CatalogueVariant[] }

/** What a product that Odoo makes takes from the shop, and how amounts and quantities are spoken. */
export type ShopTerms = StoreDefaults & {
  amountUnit: AmountUnit
  locations: readonly StockLocationRow[]
  /** which of them Odoo's locations and warehouses are: the option `odoo.locations` */
  mapping: LocationMapping
  /** whether the shop counts parts of a piece */
  fractionalQuantities: boolean
}

/** What an inventory item has at a location. */
export type LevelStock = { location_id: string; quantity: number }

/** What it is to have. */
export type LevelCount = LevelStock & { quantityIs: QuantityIs }

/** A stock level of an inventory item, and of what time (ISO 8601) the latest statement about it is that said so. */
export type CatalogueLevel = LevelStock & { stated_at: string | null }

/** The same, with what of it is sold and has not left. */
export type ReservedLevel = CatalogueLevel & { reserved: number }

/** The part of the catalogue that a batch of statements is about, read in a fixed number of statements. */
export type Catalogue = {
  shop: ShopTerms
  products: ReadonlyMap<string, CatalogueProduct>
  /** the variants that statements may mean, by whatever they were found */
  matches: readonly VariantMatchRow[]
  /** the product of each template of Odoo */
  templates: ReadonlyMap<string, string>
  /** how the products are sold that may get a new variant */
  selling: ReadonlyMap<string, ProductSelling>
  categories: readonly CategoryRow[]
  /** ids by value */
  tags: ReadonlyMap<string, string>
  handles: ReadonlySet<string>
  barcodes: ReadonlyMap<string, BarcodeRow>
  /** the inventory items of SKUs that may be taken, by SKU */
  items: ReadonlyMap<string, SkuItemRow>
  /** by inventory item */
  levels: ReadonlyMap<string, readonly ReservedLevel[]>
  /** by product; null where the shop has no translation module */
  translations: ReadonlyMap<string, readonly TranslationRow[]> | null
}

/** The inventory item of a SKU that no variant needs; undefined for none. */
export function unneededItem({ items }: Pick<Catalogue, "items">, sku: string): SkuItemRow | undefined {
  const item = items.get(sku)
  return item?.needed_by === null ? item : undefined
}
