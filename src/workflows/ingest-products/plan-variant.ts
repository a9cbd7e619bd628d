import type { UpsertProductVariantDTO } from "@medusajs/framework/types"
import { isDeepStrictEqual } from "util"

import { toOdooId } from "../../wire/odoo-id"
import type { ProductItem } from "../../wire/product-statement"
import type { Catalogue, CatalogueLevel, CatalogueProduct, CatalogueVariant, LevelStock } from "./catalogue"
import { planLifecycle } from "./plan-lifecycle"
import { metadataPatch, newMetadata } from "./plan-metadata"
import { diffPrices, type Money } from "./plan-prices"
import type { NewVariant, PriceWrite } from "./writes"

/** A statement with what was found out about it. */
export type Member = {
  /** the items of the batch that make the statement, by index: several where one SKU came several times */
  indexes: number[]
  statement: ProductItem
  variant: CatalogueVariant | undefined
  /** the variant's, or the one that it will have */
  id: string
  money: Money
  /** where its latest quantity belongs; undefined where none was said */
  locationId: string | undefined
  /** the quantities by location */
  counts: Map<string, number>
}

/** What of an existing variant differs. */
export type VariantChange = {
  update: UpsertProductVariantDTO | undefined
  prices: PriceWrite[]
  previousPrices: PriceWrite[]
  stock: LevelStock[]
  renamed: boolean
  /** the names of what differs, as the wire names it */
  changes: string[]
}

/** What a variant is called: by what tells it apart. */
export const variantTitle = (attributes: ProductItem["attributes"]): string | undefined =>
  attributes === undefined || attributes.length === 0 ? undefined : attributes.map(([, value]) => value).join(" / ")

/** What the metadata of a variant says. */
const variantMetadata = ({ statement, money }: Member) => ({
  odoo_id: statement.odooId === undefined ? undefined : toOdooId(statement.odooId),
  compare_at_price: money.compareAtPrice,
  cost_price: money.costPrice,
})

/** The columns of a variant that a statement speaks of. */
function wantedColumns({ statement, variant }: Member, product: CatalogueProduct, manage?: boolean, backorder?: boolean) {
  const follows = variant?.title === product.title && product.variants.length === 1 ? statement.title : undefined
  const renamed = statement.sku !== "" && variant?.sku?.toLowerCase() !== statement.sku.toLowerCase()
  return {
    title: variantTitle(statement.attributes) ?? follows,
    sku: renamed ? statement.sku : undefined,
    barcode: statement.barcode,
    hs_code: statement.hsCode,
    origin_country: statement.originCountry,
    weight: statement.weight,
    manage_inventory: statement.manageInventory ?? manage,
    allow_backorder: statement.allowBackorder ?? backorder,
  }
}

export const countsOf = (counts: Member["counts"]) => [...counts].map(([location_id, quantity]) => ({ location_id, quantity }))

/** The levels that a member's quantity, or its coming and going, makes different. */
function wantedStock(member: Member, levels: readonly CatalogueLevel[], lifecycle: readonly LevelStock[]): LevelStock[] {
  const { statement, counts } = member
  if (statement.lifecycle === "archive" || counts.size === 0) {
    return [...lifecycle]
  }
  const present = new Map(levels.map(({ location_id, quantity }) => [location_id, quantity]))
  return countsOf(counts).filter(({ location_id, quantity }) => present.get(location_id) !== quantity)
}

/** Works out what of a variant differs from what is said of it. One that goes out of the shop changes nothing else. */
export function planVariantChange(member: Member, product: CatalogueProduct, catalogue: Catalogue): VariantChange {
  const { statement, variant } = member
  if (variant === undefined) {
    return { update: undefined, prices: [], previousPrices: [], stock: [], renamed: false, changes: [] }
  }
  const levels = variant.inventory_items.flatMap((item) => catalogue.levels.get(item.id) ?? [])
  const lifecycle = planLifecycle(statement, variant, member.locationId, levels)
  const archive = statement.lifecycle === "archive"
  const wanted = archive
    ? { manage_inventory: lifecycle?.manageInventory, allow_backorder: lifecycle?.allowBackorder }
    : wantedColumns(member, product, lifecycle?.manageInventory, lifecycle?.allowBackorder)
  const columns = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => value !== undefined && !isDeepStrictEqual(value, variant[name as keyof CatalogueVariant]))
  )
  const metadata = metadataPatch(variant.metadata, { ...(archive ? {} : variantMetadata(member)), ...lifecycle?.metadata })
  const { prices, previous } = archive ? { prices: [], previous: [] } : diffPrices(variant, member.money.prices)
  const isStocked = (lifecycle !== undefined || (wanted.manage_inventory ?? variant.manage_inventory)) && variant.inventory_items.length > 0
  const stock = isStocked || wanted.manage_inventory === true ? wantedStock(member, levels, lifecycle?.stock ?? []) : []
  const differs = Object.keys(columns).length > 0 || Object.keys(metadata).length > 0
  return {
    update: differs
      ? { id: variant.id, ...columns, ...(Object.keys(metadata).length > 0 ? { metadata } : {}) }
      : undefined,
    prices,
    previousPrices: previous,
    stock,
    renamed: "sku" in columns,
    changes: [
      ...Object.keys(columns),
      ...Object.keys(metadata).map((key) => `metadata.${key}`),
      ...prices.map(({ currency_code }) => `prices.${currency_code}`),
      ...(stock.length > 0 ? ["inventory.quantity"] : []),
    ],
  }
}

/**
 * A variant that is to be made.
 * @param options the value of each option of its product
 * @param title what it is called where nothing tells it apart
 */
export function planNewVariant(
  member: Member,
  options: Record<string, string>,
  title: string,
  catalogue: Catalogue
): NewVariant {
  const { statement, money } = member
  const item = catalogue.unlinkedItems.get(statement.sku)
  return {
    id: member.id,
    title: variantTitle(statement.attributes) ?? title,
    sku: statement.sku,
    barcode: statement.barcode ?? undefined,
    hs_code: statement.hsCode ?? undefined,
    origin_country: statement.originCountry ?? undefined,
    weight: statement.weight,
    manage_inventory: statement.manageInventory ?? true,
    allow_backorder: statement.allowBackorder ?? false,
    metadata: newMetadata(variantMetadata(member)),
    options,
    prices: [...money.prices].map(([currency_code, amount]) => ({ currency_code, amount })),
    ...(item === undefined ? {} : { inventory_items: [{ inventory_item_id: item, required_quantity: 1 }] }),
  }
}
