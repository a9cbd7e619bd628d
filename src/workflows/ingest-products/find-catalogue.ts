import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectBarcodes } from "../../read-model/products/select-barcodes"
import { selectCatalogueProducts } from "../../read-model/products/select-catalogue-products"
import { selectCatalogueVariants } from "../../read-model/products/select-catalogue-variants"
import { selectInventoryLevels } from "../../read-model/inventory/select-inventory-levels"
import { selectProductCategories } from "../../read-model/products/select-product-categories"
import { selectProductSelling } from "../../read-model/products/select-product-selling"
import { selectProductTags } from "../../read-model/products/select-product-tags"
import { selectSkuItems } from "../../read-model/inventory/select-sku-items"
import { selectStockLocations } from "../../read-model/inventory/select-stock-locations"
import { selectStoreDefaults } from "../../read-model/store/select-store-defaults"
import { selectTakenHandles } from "../../read-model/products/select-taken-handles"
import { selectTemplateProducts } from "../../read-model/products/select-template-products"
import { selectTranslations } from "../../read-model/products/select-translations"
import {
  selectVariantsByLowerSkuOrOdooId,
  selectVariantsBySku,
  type VariantMatchRow,
} from "../../read-model/products/select-variant-matches"
import { slugOf } from "../../wire/handle"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"
import type { Catalogue, CatalogueProduct, ReservedLevel, ShopTerms } from "./catalogue"

const present = <T>(values: readonly (T | null | undefined)[]): T[] => [
  ...new Set(values.filter((value): value is T => value !== null && value !== undefined && value !== "")),
]

/** Runs a query, unless there is nothing to search. */
async function forSome<T, R>(wanted: readonly T[], ask: (wanted: readonly T[]) => Promise<R[]>): Promise<R[]> {
  return wanted.length === 0 ? [] : await ask(wanted)
}

/** Reads the defaults and options that hold for all products. */
export async function readTerms(container: MedusaContainer): Promise<ShopTerms> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const [defaults, locations] = await Promise.all([selectStoreDefaults(db, options), selectStockLocations(db)])
  const { amountUnit, fractionalQuantities, odoo } = options
  return { ...defaults, amountUnit, fractionalQuantities, locations, mapping: odoo.locations }
}

/**
 * Finds the variants that the items may mean. One SQL statement is enough where all SKUs are spelled exactly and all variants are
 * linked.
 */
async function findMatches(db: Knex, items: readonly ProductItem[]): Promise<VariantMatchRow[]> {
  const exact = await selectVariantsBySku(db, present(items.map(({ sku }) => sku)))
  const bySku = new Map(exact.map((row) => [row.sku, row]))
  const unsure = items.filter(({ sku, odooId }) => {
    const row = bySku.get(sku)
    return row === undefined || (odooId !== undefined && row.odoo_id !== odooId)
  })
  if (unsure.length === 0) {
    return exact
  }
  const more = await selectVariantsByLowerSkuOrOdooId(db, {
    skus: present(unsure.map(({ sku }) => (bySku.has(sku) ? null : sku))),
    odooIds: present(unsure.map(({ odooId }) => odooId)),
  })
  const known = new Set(exact.map(({ id }) => id))
  return [...exact, ...more.filter(({ id }) => !known.has(id))]
}

/** Groups rows by a key. */
function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? []
    group.push(row)
    groups.set(keyOf(row), group)
  }
  return groups
}

async function readProducts(db: Knex, ids: readonly string[]): Promise<Map<string, CatalogueProduct>> {
  const [products, variants] = await Promise.all([
    forSome(ids, (some) => selectCatalogueProducts(db, some)),
    forSome(ids, (some) => selectCatalogueVariants(db, some)),
  ])
  const byProduct = groupBy(variants, ({ product_id }) => product_id)
  return new Map(products.map((product) => [product.id, { ...product, variants: byProduct.get(product.id) ?? [] }]))
}

async function readLevels(db: Knex, itemIds: readonly string[]): Promise<Map<string, ReservedLevel[]>> {
  const rows = await forSome(itemIds, (some) => selectInventoryLevels(db, some))
  const levels = [...groupBy(rows, ({ inventory_item_id }) => inventory_item_id)]
  return new Map(
    levels.map(([id, own]) => [
      id,
      own.map(({ location_id, stocked_quantity, reserved_quantity, stated_at }) => ({
        location_id,
        quantity: Number(stocked_quantity),
        reserved: Number(reserved_quantity),
        stated_at: stated_at?.toISOString() ?? null,
      })),
    ])
  )
}

/** Whether the shop has Medusa's translation module. */
export const translates = (container: MedusaContainer) =>
  Boolean(container.resolve<unknown>(Modules.TRANSLATION, { allowUnregistered: true }))

async function readTranslations(container: MedusaContainer, db: Knex, items: readonly ProductItem[], productIds: readonly string[]) {
  if (!translates(container)) {
    return null
  }
  const speaks = items.some(({ translations, titleAr, descriptionAr }) => translations ?? titleAr ?? descriptionAr)
  const rows = speaks ? await forSome(productIds, (some) => selectTranslations(db, some)) : []
  return groupBy(rows, ({ reference_id }) => reference_id)
}

/**
 * Reads the part of the catalogue that concerns a batch of items. The number of SQL statements depends on the members that the
 * items have, and not on the number of items.
 * @param terms the defaults and options, where they were read already
 */
export async function findCatalogue(
  container: MedusaContainer,
  batch: readonly BulkProductItem[],
  terms?: ShopTerms
): Promise<Catalogue> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const items = batch.filter((item): item is ProductItem => !("unreadable" in item))
  const [shop, matches, templates] = await Promise.all([
    terms ?? readTerms(container),
    findMatches(db, items),
    forSome(present(items.map(({ templateId }) => templateId)), (some) => selectTemplateProducts(db, some)),
  ])
  const products = await readProducts(db, present([...matches.map((row) => row.product_id), ...templates.map(({ id }) => id)]))
  const variants = [...products.values()].flatMap((product) => product.variants)
  const stocked = items.some(({ quantity, lifecycle }) => quantity !== undefined || lifecycle !== undefined)
  const inCatalogue = new Set(variants.map(({ sku }) => sku))
  const linkedTo = new Map(matches.map((row) => [row.sku, row.odoo_id]))
  // a new product may take a SKU that another product of the batch gives up
  const mayBeNew = ({ sku, odooId }: ProductItem) => !inCatalogue.has(sku) || (odooId !== undefined && linkedTo.get(sku) !== odooId)
  const withoutItem = new Set(variants.flatMap(({ sku, inventory_items }) => (inventory_items.length === 0 ? sku : [])))
  const mayTakeItem = ({ sku, manageInventory }: ProductItem) => manageInventory === true && withoutItem.has(sku)
  const handles = items.flatMap((item) => [item.handle, ...(mayBeNew(item) ? [slugOf(item.title ?? ""), slugOf(item.sku), "product"] : [])])
  const [selling, categories, tags, taken, barcodes, skuItems, levels, translations] = await Promise.all([
    forSome(items.some(mayBeNew) ? [...products.keys()] : [], (some) => selectProductSelling(db, some)),
    items.some((item) => item.categories !== undefined) ? selectProductCategories(db) : [],
    forSome(present(items.flatMap((item) => item.tags ?? [])), (some) => selectProductTags(db, some)),
    forSome(present(handles), (some) => selectTakenHandles(db, some)),
    forSome(present(items.map(({ barcode }) => barcode)), (some) => selectBarcodes(db, some)),
    forSome(present(items.map((item) => (mayBeNew(item) || mayTakeItem(item) ? item.sku : null))), (some) => selectSkuItems(db, some)),
    readLevels(db, stocked ? present(variants.flatMap((variant) => variant.inventory_items.map(({ id }) => id))) : []),
    readTranslations(container, db, items, [...products.keys()]),
  ])
  return {
    shop,
    products,
    matches,
    templates: new Map([...templates].reverse().map(({ id, template_id }) => [template_id, id])),
    selling: new Map(selling.map((row) => [row.product_id, row])),
    categories,
    tags: new Map(tags.map(({ id, value }) => [value, id])),
    handles: new Set(taken),
    barcodes: new Map(barcodes.map((row) => [row.barcode, row])),
    items: new Map(skuItems.map((row) => [row.sku, row])),
    levels,
    translations,
  }
}
