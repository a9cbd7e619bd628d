import type { UpsertProductVariantDTO } from "@medusajs/framework/types"
import { isDeepStrictEqual } from "util"

import { minusQuantity } from "../../wire/counts"
import type { ProductItem } from "../../wire/product-statement"
import { unneededItem, type Catalogue, type CatalogueProduct, type CatalogueVariant, type LevelCount, type LevelStock, type ReservedLevel } from "./catalogue"
import { newColumns, variantColumns, variantMetadata } from "./field-mapping"
import { planLifecycle } from "./plan-lifecycle"
import { metadataPatch, newMetadata } from "./plan-metadata"
import { diffPrices, type Money } from "./plan-prices"
import type { NewVariant, PriceWrite } from "./writes"

/** A quantity, and what it is of. */
export type Count = Pick<LevelCount, "quantity" | "quantityIs">

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
  counts: Map<string, Count>
}

/** What of an existing variant differs. */
export type VariantChange = {
  update: UpsertProductVariantDTO | undefined
  prices: PriceWrite[]
  previousPrices: PriceWrite[]
  stock: LevelCount[]
  renamed: boolean
  /** the names of what differs, as the wire names it */
  changes: string[]
}

/** Whether a statement gives its variant another SKU; the case of letters makes none. */
export const isRenamed = ({ statement: { sku, lifecycle }, variant }: Pick<Member, "statement" | "variant">) =>
  lifecycle !== "archive" && sku !== "" && variant?.sku?.toLowerCase() !== sku.toLowerCase()

/** The columns of a variant that a statement speaks of. */
function wantedColumns(member: Member, product: CatalogueProduct, manage?: boolean, backorder?: boolean) {
  const { statement, variant } = member
  const follows = variant?.title === product.title && product.variants.length === 1 ? statement.title : undefined
  const said = variantColumns(statement)
  return {
    ...said,
    title: said.title ?? follows,
    sku: isRenamed(member) ? statement.sku : undefined,
    manage_inventory: said.manage_inventory ?? manage,
    allow_backorder: said.allow_backorder ?? backorder,
  }
}

export const countsOf = (counts: Member["counts"]): LevelCount[] => [...counts].map(([location_id, count]) => ({ location_id, ...count }))

/** The levels that a member's quantity, or its coming and going, makes different. */
function wantedStock(member: Member, levels: readonly ReservedLevel[], lifecycle: readonly LevelStock[]): LevelCount[] {
  const { statement, counts } = member
  if (statement.lifecycle === "archive" || counts.size === 0) {
    return lifecycle.map((level) => ({ ...level, quantityIs: "on_hand" }))
  }
  const present = new Map(levels.map((level) => [level.location_id, level]))
  return countsOf(counts).filter(({ location_id, quantity, quantityIs }) => {
    const level = present.get(location_id)
    return level === undefined || minusQuantity(level.quantity, quantityIs === "available" ? level.reserved : 0) !== quantity
  })
}

/**
 * Works out what of a variant differs from what is said of it. One that goes out of the shop
 * changes nothing else, but that it leaves its bar code to others where Odoo has cleared it.
 */
export function planVariantChange(member: Member, product: CatalogueProduct, catalogue: Catalogue): VariantChange {
  const { statement, variant } = member
  if (variant === undefined) {
    return { update: undefined, prices: [], previousPrices: [], stock: [], renamed: false, changes: [] }
  }
  const levels = variant.inventory_items.flatMap((item) => catalogue.levels.get(item.id) ?? [])
  const lifecycle = planLifecycle(statement, variant, member.locationId, levels)
  const archive = statement.lifecycle === "archive"
  const wanted = archive
    ? { manage_inventory: lifecycle?.manageInventory, allow_backorder: lifecycle?.allowBackorder, barcode: statement.barcode === null ? null : undefined }
    : wantedColumns(member, product, lifecycle?.manageInventory, lifecycle?.allowBackorder)
  const columns = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => value !== undefined && !isDeepStrictEqual(value, variant[name as keyof CatalogueVariant]))
  )
  const metadata = metadataPatch(variant.metadata, { ...(archive ? {} : variantMetadata(statement, member.money)), ...lifecycle?.metadata })
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
 * @param rank its place among the variants of its product, which tells the oldest of those that were made at once
 */
export function planNewVariant(
  member: Member,
  options: Record<string, string>,
  title: string,
  rank: number,
  catalogue: Catalogue
): NewVariant {
  const { statement, money } = member
  const item = unneededItem(catalogue, statement.sku)
  return {
    id: member.id,
    title,
    manage_inventory: true,
    allow_backorder: false,
    ...newColumns(variantColumns(statement)),
    variant_rank: rank,
    sku: statement.sku,
    metadata: newMetadata(variantMetadata(statement, money)),
    options,
    prices: [...money.prices].map(([currency_code, amount]) => ({ currency_code, amount })),
    ...(item === undefined ? {} : { inventory_items: [{ inventory_item_id: item.id, required_quantity: 1 }] }),
  }
}
