import { unneededItem, type CatalogueProduct, type LevelCount } from "./catalogue"
import type { Draft } from "./draft"
import { ownItem } from "./judge-items"
import type { OptionPlan } from "./plan-options"
import { plainUndo } from "./plan-undo"
import { countsOf, planNewVariant, planVariantChange, type Member } from "./plan-variant"
import type { NewVariant } from "./writes"

function addStock(draft: Draft, sku: string, levels: readonly LevelCount[]): void {
  for (const { location_id: locationId, quantity, quantityIs } of levels) {
    draft.writes.stock.push({ sku, quantity, adjustment: "absolute", quantityIs, locationId })
  }
}

/** Adds the undo of an update; undefined adds nothing. */
export function noteUndo<T>(undos: T[], undo: T | undefined): void {
  if (undo !== undefined) {
    undos.push(undo)
  }
}

/**
 * Plans a new variant, and adds its stock to the writes of the batch.
 * @param title the title of the product
 * @param rank the position of the variant in the product
 */
export function addVariant(draft: Draft, member: Member, options: OptionPlan, title: string, rank: number): NewVariant {
  const { statement, counts } = member
  const variant = planNewVariant(member, options.values.get(member.id) ?? {}, title, rank, draft.catalogue)
  draft.writes.appeared.push(statement.sku)
  if (variant.manage_inventory === true) {
    addStock(draft, statement.sku, countsOf(counts))
  }
  return variant
}

/**
 * Adds to the writes of the batch the changes that a variant needs to be as stated.
 * @returns the names of the changes, as the wire names them
 */
export function changeVariant(draft: Draft, product: CatalogueProduct, member: Member): string[] {
  const { writes, catalogue } = draft
  const { variant } = member
  if (variant === undefined) {
    return []
  }
  const change = planVariantChange(member, product, catalogue)
  const sku = change.renamed ? member.statement.sku : (variant.sku ?? "")
  if (change.update !== undefined) {
    const update = { ...change.update, id: variant.id }
    writes.variantUpdates.push(update)
    noteUndo(writes.variantUndos, plainUndo(update, variant))
  }
  if (change.prices.length > 0) {
    writes.prices.push({
      variant_id: variant.id,
      product_id: product.id,
      price_set_id: variant.price_set_id,
      prices: change.prices,
      previous: change.previousPrices,
    })
  }
  const unneeded = unneededItem(catalogue, sku)
  if (change.renamed) {
    writes.appeared.push(sku)
  }
  const own = ownItem(variant)
  if (change.renamed && own !== undefined) {
    // otherwise no new record could have the old SKU
    writes.itemRenames.push({ id: own.id, sku })
    if (unneeded !== undefined) {
      writes.itemRenames.push({ id: unneeded.id, sku: null })
    }
  }
  if (change.update?.manage_inventory === true && variant.inventory_items.length === 0 && unneeded !== undefined) {
    writes.itemLinks.push({ variant_id: variant.id, inventory_item_id: unneeded.id })
  }
  addStock(draft, sku, change.stock)
  return change.changes
}

