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

/** Adds what undoes an update, where it can be undone by itself. */
export function noteUndo<T>(undos: T[], undo: T | undefined): void {
  if (undo !== undefined) {
    undos.push(undo)
  }
}

/** A new variant of a member, with what has to be written beside it. */
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
 * Adds what makes a variant what is said of it.
 * @returns the names of what differs, as the wire names it
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
    // or else nothing new could be called by the old SKU
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

