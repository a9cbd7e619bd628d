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

/** The defaults of the shop for new products, and how amounts, quantities and locations are read. */
export type ShopTerms = StoreDefaults & {
  amountUnit: AmountUnit
  locations: readonly StockLocationRow[]
  /** the stock location of each location or warehouse in Odoo: the option `odoo.locations` */
  mapping: LocationMapping
  /** whether the shop counts parts of a piece (the option `fractionalQuantities`) */
  fractionalQuantities: boolean
}

/** The stock of an inventory item at a location. */
export type LevelStock = { location_id: string; quantity: number }

/** A count of an inventory item at a location. */
export type LevelCount = LevelStock & { quantityIs: QuantityIs }

/**
 * The stock of an inventory item at a location. `stated_at` is the time that the latest statement about it states; ISO 8601, null
 * for none.
 */
export type CatalogueLevel = LevelStock & { stated_at: string | null }

/** A stock level with its reserved pieces. */
export type ReservedLevel = CatalogueLevel & { reserved: number }

/** The part of the catalogue that concerns a batch of items, read in a fixed number of SQL statements. */
export type Catalogue = {
  shop: ShopTerms
  products: ReadonlyMap<string, CatalogueProduct>
  /** the variants that items may mean */
  matches: readonly VariantMatchRow[]
  /** the product id of each product template in Odoo */
  templates: ReadonlyMap<string, string>
  /** how products that may get new variants are sold */
  selling: ReadonlyMap<string, ProductSelling>
  categories: readonly CategoryRow[]
  /** ids by value */
  tags: ReadonlyMap<string, string>
  handles: ReadonlySet<string>
  barcodes: ReadonlyMap<string, BarcodeRow>
  /** the inventory items with the SKUs of the batch, by SKU */
  items: ReadonlyMap<string, SkuItemRow>
  /** by inventory item */
  levels: ReadonlyMap<string, readonly ReservedLevel[]>
  /** by product; null where the shop has no translation module */
  translations: ReadonlyMap<string, readonly TranslationRow[]> | null
}

/** The inventory item with a SKU, where no variant has the item. */
export function unneededItem({ items }: Pick<Catalogue, "items">, sku: string): SkuItemRow | undefined {
  const item = items.get(sku)
  return item?.needed_by === null ? item : undefined
}
