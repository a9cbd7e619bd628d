import type { ProductItem } from "../../wire/product-statement"
import { MAX_OPTIONS } from "../../wire/schemas/product-fields"
import type { CatalogueVariant } from "./catalogue"
import { DEFAULT_OPTION, fillerOf, tooManyOptions } from "./plan-options"
import type { Money } from "./plan-prices"

type Attributes = NonNullable<ProductItem["attributes"]>

const optionKey = ([option]: readonly [string, string]) => option.toLowerCase()

/** The members of an object that are not undefined. */
export const stated = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>

/**
 * The present options and values of a variant, without those that the sent attributes rename: an option that the variant does not
 * have, with a value that it has, is a new name of the present option.
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

/** Merges attributes by option; the later value counts. The later order counts where it names all options. */
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
 * Merges a later item into an earlier one about the same variant; the later members count. Changes `said` itself, so that
 * thousands of items about one SKU take no longer than about different ones.
 * @param variant the present variant: attributes are added to those that it has
 * @throws WireError `VALIDATION_ERROR` for too many attributes; nothing is merged then
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

/** Merges two statements of prices and costs; the later values count. */
export const mergeMoney = (earlier: Money, later: Money): Money => ({
  prices: new Map([...earlier.prices, ...later.prices]),
  compareAtPrice: later.compareAtPrice === undefined ? earlier.compareAtPrice : later.compareAtPrice,
  costPrice: later.costPrice === undefined ? earlier.costPrice : later.costPrice,
})
