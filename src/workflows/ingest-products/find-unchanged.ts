import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import { selectProductCategories } from "../../modules/odoo/sql/select-product-categories"
import { selectUnchangedProducts, type UnchangedRow, type WantedProduct } from "../../modules/odoo/sql/select-unchanged-products"
import { isWireError } from "../../wire/errors"
import { toOdooId } from "../../wire/odoo-id"
import type { BulkProductItem, CategoryStatement, ProductItem } from "../../wire/product-statement"
import { locationFinder } from "../ingest-inventory/locate"
import type { ShopTerms } from "./catalogue"
import { CategoryPlan } from "./plan-categories"
import { isRemoved } from "./plan-metadata"
import { DEFAULT_OPTION, fillerOf } from "./plan-options"
import { readMoney, type Money } from "./plan-prices"
import { variantTitle } from "./plan-variant"

/** Tells the id of a category; undefined for one that is not there. */
type FindCategory = (category: CategoryStatement) => string | undefined

type Terms = {
  shop: ShopTerms
  /** whether the shop keeps texts in other languages in Medusa's own module */
  translates: boolean
  findCategory: FindCategory
  locate: ReturnType<typeof locationFinder>
}

/** The members that were said; undefined where none was. */
function said<T>(members: Record<string, T | undefined>): Record<string, T> | undefined {
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

function metadata(wanted: Record<string, unknown>): WantedProduct["product_metadata"] {
  const all = said(wanted) ?? {}
  const gone = Object.keys(all).filter((key) => isRemoved(all[key]))
  if (gone.length === 0) {
    return { set: said(wanted) }
  }
  return { set: said(Object.fromEntries(Object.entries(all).filter(([, value]) => !isRemoved(value)))), gone }
}

/** What the options have to be; null where that takes the whole product to tell. */
function optionsOf({ attributes }: ProductItem): Record<string, string> | undefined | null {
  if (attributes === undefined) {
    return undefined
  }
  const plain = attributes.length > 0 && attributes.every(([title, value]) => title !== DEFAULT_OPTION && value !== fillerOf(title))
  return plain ? Object.fromEntries(attributes) : null
}

function categoryIdsOf(item: ProductItem, findCategory: FindCategory): string[] | undefined | null {
  const ids = item.categories?.map(findCategory)
  return ids === undefined || ids.every((id) => id !== undefined) ? ids : null
}

/** What a location has to hold of an item; null where the location is none. */
function stockOf({ quantity, locationId }: ProductItem, locate: Terms["locate"]): { location_id: string; quantity: number } | object | null {
  if (quantity === undefined) {
    return {}
  }
  const location = locate({ locationId })
  return location === undefined || "missing" in location ? null : { location_id: location.id, quantity }
}

/** What an item says of money; null where it is refused for it. */
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
function wantedOf(item: ProductItem, at: number, { shop, translates, findCategory, locate }: Terms): WantedProduct | undefined {
  const speaks = item.translations ?? item.titleAr ?? item.descriptionAr
  if (item.sku === "" || item.lifecycle !== undefined || (translates && speaks !== undefined)) {
    return undefined
  }
  const [money, options, categories, stock] = [moneyOf(item, shop), optionsOf(item), categoryIdsOf(item, findCategory), stockOf(item, locate)]
  if (money === null || options === null || categories === null || stock === null) {
    return undefined
  }
  const own = {
    odoo_id: item.odooId === undefined ? undefined : toOdooId(item.odooId),
    compare_at_price: money.compareAtPrice,
    cost_price: money.costPrice,
  }
  const facts = { weight: item.weight, hs_code: item.hsCode, origin_country: item.originCountry }
  return {
    at,
    sku: item.sku,
    product: said<string | null>({
      title: item.title,
      description: item.description,
      handle: item.handle,
      status: item.status,
      thumbnail: item.images?.thumbnail,
    }),
    lead: said<string | number | null>(facts),
    variant: said<string | number | boolean | null>({
      ...facts,
      title: variantTitle(item.attributes),
      barcode: item.barcode,
      manage_inventory: item.manageInventory,
      allow_backorder: item.allowBackorder,
    }),
    product_metadata: metadata({
      ...item.metadata,
      odoo_product_tmpl_id: item.templateId === undefined ? undefined : toOdooId(item.templateId),
      brand: item.brand,
      title_ar: item.titleAr,
      description_ar: item.descriptionAr,
      translations: item.translations,
    }),
    lead_metadata: metadata(own),
    variant_metadata: metadata(own),
    prices: money.prices.size === 0 ? undefined : Object.fromEntries(money.prices),
    options,
    images: item.images?.urls,
    tags: item.tags,
    category_ids: categories,
    ...stock,
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
    locate: locationFinder(shop.locations, shop.defaultLocationId),
  }
  const wanted = items.flatMap((item, at) => ("unreadable" in item ? [] : (wantedOf(item, at, terms) ?? [])))
  const rows = wanted.length === 0 ? [] : await selectUnchangedProducts(db, wanted)
  return new Map(rows.map((row) => [row.at, row]))
}
