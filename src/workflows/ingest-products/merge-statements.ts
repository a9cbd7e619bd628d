import type { ProductItem } from "../../wire/product-statement"
import { MAX_OPTIONS } from "../../wire/schemas/product-fields"
import type { CatalogueVariant } from "./catalogue"
import { DEFAULT_OPTION, fillerOf, tooManyOptions } from "./plan-options"
import type { Money } from "./plan-prices"

type Attributes = NonNullable<ProductItem["attributes"]>

const optionKey = ([option]: readonly [string, string]) => option.toLowerCase()

/** What an object says: its members without those that are undefined. */
export const stated = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>

/**
 * What tells a variant apart so far, as far as the attributes that are sent leave it. An option whose value is sent
 * under a name that the variant does not know is called so now.
 */
function presentAttributes(variant: CatalogueVariant | undefined, sent: Attributes): Attributes {
  const present = (variant?.options ?? [])
    .filter(({ title, value }) => title !== DEFAULT_OPTION && value !== fillerOf(title))
    .map(({ title, value }): [string, string] => [title, value])
  const known = new Set(present.map(optionKey))
  const names = new Set(sent.map(optionKey))
  const renamed = new Set(sent.filter((pair) => !known.has(optionKey(pair))).map(([, value]) => value))
  return present.filter((pair) => names.has(optionKey(pair)) || !renamed.has(pair[1]))
}

/** Each option has its latest value. The order is that of the later attributes where they name all options. */
function mergeAttributes(earlier: Attributes, later: Attributes): Attributes {
  const sent = new Map(later.map((pair) => [optionKey(pair), pair]))
  if (earlier.every((pair) => sent.has(optionKey(pair)))) {
    return later
  }
  const known = new Set(earlier.map(optionKey))
  const merged = [...earlier.map((pair) => sent.get(optionKey(pair)) ?? pair), ...later.filter((pair) => !known.has(optionKey(pair)))]
  if (merged.length > MAX_OPTIONS && merged.length > earlier.length) {
    throw tooManyOptions()
  }
  return merged
}

/**
 * Adds what a statement says to what others have said of the same variant before; where they say the same thing, it
 * decides. It is written into `said`, so that thousands about one SKU take no longer than about thousands.
 * @param variant the variant as it stands: attributes are added to those that it has
 * @throws WireError `VALIDATION_ERROR` for too many attributes; nothing is added then
 */
export function addStatement(said: ProductItem, later: ProductItem, variant: CatalogueVariant | undefined): void {
  const { sku, metadata, translations, attributes, ...plain } = later
  if (attributes !== undefined) {
    said.attributes = mergeAttributes(said.attributes ?? presentAttributes(variant, attributes), attributes)
  }
  Object.assign(said, stated(plain))
  if (sku.toLowerCase() !== said.sku.toLowerCase()) {
    said.sku = sku
  }
  if (metadata !== undefined) {
    said.metadata = Object.assign(said.metadata ?? {}, metadata)
  }
  if (translations !== undefined) {
    said.translations ??= {}
    for (const [locale, texts] of Object.entries(translations)) {
      said.translations[locale] = { ...said.translations[locale], ...stated(texts) }
    }
  }
}

/** The prices of all currencies that either says; of the same one, the later decides. */
export const mergeMoney = (earlier: Money, later: Money): Money => ({
  prices: new Map([...earlier.prices, ...later.prices]),
  compareAtPrice: later.compareAtPrice === undefined ? earlier.compareAtPrice : later.compareAtPrice,
  costPrice: later.costPrice === undefined ? earlier.costPrice : later.costPrice,
})
