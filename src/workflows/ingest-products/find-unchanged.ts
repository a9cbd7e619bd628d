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

/** What metadata has to say, and the keys that have to go. */
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

/** Where an item's quantity belongs; null where that is nowhere. */
function locationOf({ quantity, locationId }: ProductItem, locate: Terms["locate"]): string | undefined | null {
  if (quantity === undefined) {
    return undefined
  }
  const location = locate({ locationId })
  return location === undefined || "missing" in location ? null : location.id
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
  const [money, options, categories, location] = [moneyOf(item, shop), optionsOf(item), categoryIdsOf(item, findCategory), locationOf(item, locate)]
  if (money === null || options === null || categories === null || location === null) {
    return undefined
  }
  const own = metadata({
    odoo_id: item.odooId === undefined ? undefined : toOdooId(item.odooId),
    compare_at_price: money.compareAtPrice,
    cost_price: money.costPrice,
  })
  const shared = metadata({
    ...item.metadata,
    odoo_product_tmpl_id: item.templateId === undefined ? undefined : toOdooId(item.templateId),
    brand: item.brand,
    title_ar: item.titleAr,
    description_ar: item.descriptionAr,
    translations: item.translations,
  })
  const { weight, hsCode: hs_code, originCountry: origin_country } = item
  return {
    at,
    sku: item.sku,
    product: said({
      title: item.title,
      description: item.description,
      handle: item.handle,
      status: item.status,
      thumbnail: item.images?.thumbnail,
    }),
    product_set: shared.set,
    product_gone: shared.gone,
    lead: said({ weight, hs_code, origin_country }),
    lead_set: own.set,
    lead_gone: own.gone,
    variant: said<string | number | boolean | null>({
      title: variantTitle(item.attributes),
      barcode: item.barcode,
      weight,
      hs_code,
      origin_country,
      manage_inventory: item.manageInventory,
      allow_backorder: item.allowBackorder,
    }),
    variant_set: own.set,
    variant_gone: own.gone,
    prices: money.prices.size === 0 ? undefined : Object.fromEntries(money.prices),
    options,
    images: item.images?.urls,
    tags: item.tags,
    category_ids: categories,
    location_id: location,
    quantity: item.quantity,
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
