import type { CatalogueProductRow, PRODUCT_COLUMNS } from "../../read-model/products/select-catalogue-products"
import type { CatalogueVariantRow, VARIANT_COLUMNS } from "../../read-model/products/select-catalogue-variants"
import { toOdooId } from "../../wire/odoo-id"
import type { ProductItem, TranslationStatement } from "../../wire/product-statement"
import { stated } from "./merge-statements"
import { storedTexts } from "./plan-metadata"
import type { Money } from "./plan-prices"

// The columns and metadata of Medusa for each member of an item. Comparing, updating and creating all use this mapping. An undefined value
// was not stated; null clears the present one.

type Stated<Row, Column extends keyof Row> = { [Name in Column]: Row[Name] | undefined }

/** The columns of the product. */
export const productColumns = ({ title, description, handle, status, images, weight, hsCode, originCountry }: ProductItem) =>
  ({
    title,
    description,
    handle,
    status,
    thumbnail: images?.thumbnail,
    weight,
    hs_code: hsCode,
    origin_country: originCountry,
  }) satisfies Stated<CatalogueProductRow, (typeof PRODUCT_COLUMNS)[number]>

/** The lists of the product: the addresses of its images in their order, its tags and its categories. */
export const productLists = ({ images, tags, categories }: ProductItem) => ({ images: images?.urls, tags, categories })

/** The title of a variant: the values of its options. */
const variantTitle = (attributes: ProductItem["attributes"]): string | undefined =>
  attributes === undefined || attributes.length === 0 ? undefined : attributes.map(([, value]) => value).join(" / ")

/** The columns of the variant, without its SKU. */
export const variantColumns = ({ attributes, barcode, weight, hsCode, originCountry, manageInventory, allowBackorder }: ProductItem) =>
  ({
    title: variantTitle(attributes),
    barcode,
    weight,
    hs_code: hsCode,
    origin_country: originCountry,
    manage_inventory: manageInventory,
    allow_backorder: allowBackorder,
  }) satisfies Stated<CatalogueVariantRow, (typeof VARIANT_COLUMNS)[number]>

/** The metadata of the variant. */
export const variantMetadata = ({ odooId }: ProductItem, { compareAtPrice, costPrice }: Money) => ({
  odoo_id: odooId === undefined ? undefined : toOdooId(odooId),
  compare_at_price: compareAtPrice,
  cost_price: costPrice,
})

/** The metadata of the product that only its speaker states (`speakersOf`). */
export const productMetadata = (statement: ProductItem, money: Money): Record<string, unknown> => ({
  ...statement.metadata,
  ...stated({
    ...variantMetadata(statement, money),
    brand: statement.brand,
    title_ar: statement.titleAr,
    description_ar: statement.descriptionAr,
    translations: statement.translations,
  }),
})

/** The metadata of the product that each of its variants may state. */
export const templateMetadata = ({ templateId }: ProductItem) => ({
  odoo_product_tmpl_id: templateId === undefined ? undefined : toOdooId(templateId),
})

/**
 * Replaces the texts in other languages in metadata by the texts to store: the stated ones, and the present ones of all other
 * locales.
 * @param current the present metadata
 */
export function withStoredTexts(metadata: Readonly<Record<string, unknown>>, current: Readonly<Record<string, unknown>> | null): Record<string, unknown> {
  const { translations } = metadata
  if (typeof translations !== "object" || translations === null) {
    return metadata
  }
  const present = (typeof current?.translations === "object" ? (current.translations ?? {}) : {}) as Record<string, TranslationStatement>
  const merged = Object.entries(translations as Record<string, TranslationStatement>).map(
    ([locale, texts]): [string, TranslationStatement] => [locale, { ...present[locale], ...texts }]
  )
  return { ...metadata, translations: storedTexts({ ...present, ...Object.fromEntries(merged) }) ?? null }
}

/** The columns of a new record, without those that would be cleared. */
export const newColumns = <T extends object>(columns: T) =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined && value !== null)) as { [Name in keyof T]?: NonNullable<T[Name]> }
