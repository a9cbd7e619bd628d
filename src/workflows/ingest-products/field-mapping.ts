import type { CatalogueProductRow, PRODUCT_COLUMNS } from "../../read-model/products/select-catalogue-products"
import type { CatalogueVariantRow, VARIANT_COLUMNS } from "../../read-model/products/select-catalogue-variants"
import { toOdooId } from "../../wire/odoo-id"
import type { ProductItem, TranslationStatement } from "../../wire/product-statement"
import { stated } from "./merge-statements"
import { storedTexts } from "./plan-metadata"
import type { Money } from "./plan-prices"

// What each member of a statement becomes in Medusa. Finding what is unchanged, planning what differs and making something
// new all follow from here. A value that is undefined was not said; null clears what is there.

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

/** What the product has several of: the addresses of its images in their order, its tags and its categories. */
export const productLists = ({ images, tags, categories }: ProductItem) => ({ images: images?.urls, tags, categories })

/** What a variant is called: by what tells it apart. */
const variantTitle = (attributes: ProductItem["attributes"]): string | undefined =>
  attributes === undefined || attributes.length === 0 ? undefined : attributes.map(([, value]) => value).join(" / ")

/** The columns of the variant, but for its SKU, by which it is found. */
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

/** The metadata of the product, without what all of its variants can say. */
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

/** The metadata of the product that each of its variants can say. */
export const templateMetadata = ({ templateId }: ProductItem) => ({
  odoo_product_tmpl_id: templateId === undefined ? undefined : toOdooId(templateId),
})

/**
 * Metadata with the texts in other languages as they are stored. Locales that are not spoken of keep their texts.
 * @param current the metadata that is there
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

/** The columns of something new, where nothing has to be cleared. */
export const newColumns = <T extends object>(columns: T) =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined && value !== null)) as { [Name in keyof T]?: NonNullable<T[Name]> }
