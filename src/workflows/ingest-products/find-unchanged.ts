import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import { selectProductCategories } from "../../read-model/products/select-product-categories"
import { selectUnchangedProducts, type UnchangedRow, type WantedProduct } from "../../read-model/products/select-unchanged-products"
import { isWireError } from "../../wire/errors"
import type { BulkProductItem, CategoryStatement, ProductItem } from "../../wire/product-statement"
import type { ShopTerms } from "./catalogue"
import { productColumns, productLists, productMetadata, templateMetadata, variantColumns, variantMetadata, withStoredTexts } from "./field-mapping"
import { CategoryPlan } from "./plan-categories"
import { isRemoved } from "./plan-metadata"
import { DEFAULT_OPTION, fillerOf } from "./plan-options"
import { readMoney, type Money } from "./plan-prices"

/** Finds the id of a category; undefined for a category that does not exist. */
type FindCategory = (category: CategoryStatement) => string | undefined

type Terms = {
  shop: ShopTerms
  /** whether the shop has Medusa's translation module */
  translates: boolean
  findCategory: FindCategory
}

/** The defined members; undefined where there are none. */
function definedMembers<T extends string | number | boolean | null>(members: Record<string, T | undefined>): Record<string, T> | undefined {
  let some: Record<string, T> | undefined
  for (const name in members) {
    const value = members[name]
    if (value !== undefined) {
      some ??= {}
      some[name] = value
    }
  }
  return some
}

/** The metadata values that must be present, and the keys that must be missing. */
function metadata(wanted: Record<string, unknown>): { set: Record<string, unknown> | undefined; gone: string[] | undefined } {
  let [set, gone]: [Record<string, unknown> | undefined, string[] | undefined] = [undefined, undefined]
  for (const key of Object.keys(wanted)) {
    const value = wanted[key]
    if (isRemoved(value)) {
      gone ??= []
      gone.push(key)
    } else if (value !== undefined) {
      set ??= {}
      set[key] = value
    }
  }
  return { set, gone }
}

/** The options that the product must have; null where that depends on its other variants. */
function optionsOf({ attributes }: ProductItem): Record<string, string> | undefined | null {
  if (attributes === undefined) {
    return undefined
  }
  const plain = attributes.length > 0 && attributes.every(([title, value]) => title !== DEFAULT_OPTION && value !== fillerOf(title))
  return plain ? Object.fromEntries(attributes) : null
}

function categoryIdsOf(categories: ProductItem["categories"], findCategory: FindCategory): string[] | undefined | null {
  const ids = categories?.map(findCategory)
  return ids === undefined || ids.every((id) => id !== undefined) ? ids : null
}

/** The prices and costs of an item; null where they are invalid. */
function moneyOf(item: ProductItem, shop: ShopTerms): Money | null {
  try {
    return readMoney(item, shop)
  } catch (error) {
    if (isWireError(error)) {
      return null
    }
    throw error
  }
}

/** The product and variant that an item states; undefined where the item alone does not determine them. */
function wantedOf(item: ProductItem, at: number, { shop, translates, findCategory }: Terms): WantedProduct | undefined {
  const speaks = item.translations ?? item.titleAr ?? item.descriptionAr
  if (item.sku === "" || item.lifecycle === "archive" || (translates && speaks !== undefined)) {
    return undefined
  }
  const { categories, ...lists } = productLists(item)
  const [money, options, category_ids] = [moneyOf(item, shop), optionsOf(item), categoryIdsOf(categories, findCategory)]
  if (money === null || options === null || category_ids === null) {
    return undefined
  }
  const [shared, product, variant] = [
    metadata(templateMetadata(item)),
    metadata(withStoredTexts(productMetadata(item, money), null)),
    metadata(variantMetadata(item, money)),
  ]
  return {
    at,
    sku: item.sku,
    shared_set: shared.set,
    product: definedMembers(productColumns(item)),
    product_set: product.set,
    product_gone: product.gone,
    variant: definedMembers(variantColumns(item)),
    variant_set: variant.set,
    variant_gone: variant.gone,
    prices: money.prices.size === 0 ? undefined : Object.fromEntries(money.prices),
    options,
    ...lists,
    category_ids,
    location_id: item.locationId,
    quantity: item.quantity,
    is_available: item.quantityIs === "available",
  }
}

/**
 * Finds the items of a push that change nothing, in one SQL statement. Other items may turn out to change nothing when they are
 * planned.
 * @returns the found variants by the index of their item
 */
export async function findUnchanged(
  db: Knex,
  items: readonly BulkProductItem[],
  { shop, translates }: Pick<Terms, "shop" | "translates">
): Promise<Map<number, UnchangedRow>> {
  const sorted = items.some((item) => "categories" in item && item.categories !== undefined)
  const categories = new CategoryPlan(sorted ? await selectProductCategories(db) : [], () => "")
  const terms: Terms = {
    shop,
    translates,
    findCategory: (category) => categories.find(category),
  }
  const wanted = items.flatMap((item, at) => ("unreadable" in item ? [] : (wantedOf(item, at, terms) ?? [])))
  const rows = wanted.length === 0 ? [] : await selectUnchangedProducts(db, wanted)
  return new Map(rows.map((row) => [row.at, row]))
}
