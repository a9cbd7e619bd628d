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

/** Tells the id of a category; undefined for one that is not there. */
type FindCategory = (category: CategoryStatement) => string | undefined

type Terms = {
  shop: ShopTerms
  /** whether the shop keeps texts in other languages in Medusa's own module */
  translates: boolean
  findCategory: FindCategory
}

/** The members that have a value; undefined where none has. */
function said<T extends string | number | boolean | null>(members: Record<string, T | undefined>): Record<string, T> | undefined {
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

/** The keys that metadata must have with these values, and the keys that it must not have. */
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

/** The options that the product must have; null where they can not be told without the whole product. */
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

/** The prices and costs of an item; null where the item is refused because of them. */
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

/** What an item wants its product to be; undefined where that can not be told from the item alone. */
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
    product: said(productColumns(item)),
    product_set: product.set,
    product_gone: product.gone,
    variant: said(variantColumns(item)),
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
 * Finds the items of a push on which nothing differs, in one statement: a product that is as it was costs next to
 * nothing. What is not found may still turn out to be the same once it is planned.
 * @returns what was found, by the items' indexes
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
