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

/** A quantity and its kind. */
export type Count = Pick<LevelCount, "quantity" | "quantityIs">

/** The merged items about one variant. */
export type Member = {
  /** the indexes of the items; several where the batch names a SKU several times */
  indexes: number[]
  statement: ProductItem
  variant: CatalogueVariant | undefined
  /** the id of the variant, or of the new one */
  id: string
  money: Money
  /** the location of the latest quantity; undefined without a quantity */
  locationId: string | undefined
  /** the quantities by location */
  counts: Map<string, Count>
}

/** The changes of a present variant. */
export type VariantChange = {
  update: UpsertProductVariantDTO | undefined
  prices: PriceWrite[]
  previousPrices: PriceWrite[]
  stock: LevelCount[]
  renamed: boolean
  /** the names of the changes, as the wire names them */
  changes: string[]
}

/** Whether an item gives its variant another SKU. The case of the letters makes no difference. */
export const isRenamed = ({ statement: { sku, lifecycle }, variant }: Pick<Member, "statement" | "variant">) =>
  lifecycle !== "archive" && sku !== "" && variant?.sku?.toLowerCase() !== sku.toLowerCase()

/** The columns of a variant that an item states. */
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

/** The levels that an item changes by its quantities, or by taking the variant out of the shop or back. */
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
 * Plans the changes of a present variant. An item that takes the variant out of the shop changes nothing else, except that it
 * clears the bar code where Odoo has cleared it.
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
 * Plans a new variant.
 * @param options the value of each option of the product
 * @param title the title of a variant without attributes
 * @param rank the position of the variant in the product, by which the oldest of several new variants is known
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
