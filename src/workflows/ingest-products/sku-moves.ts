import type { VariantMatchRow } from "../../read-model/products/select-variant-matches"
import type { BulkProductItem } from "../../wire/product-statement"

/** Finds variants by SKU, and by the id in Odoo that they are linked to. */
export type VariantFinder = {
  bySku: (sku: string) => VariantMatchRow | undefined
  byOdooId: (odooId: string) => VariantMatchRow | undefined
}

/** The new SKU of each linked variant that gets one. Of two items with the same SKU, the first one counts. */
function wantedSkus(items: ReadonlyMap<number, BulkProductItem>, stuck: ReadonlySet<number>, find: VariantFinder): Map<string, string> {
  const wanted = new Map<string, string>()
  const claimed = new Set<string>()
  items.forEach((item, index) => {
    if ("unreadable" in item || stuck.has(index) || item.odooId === undefined || item.sku === "" || item.lifecycle === "archive") {
      return
    }
    const variant = find.byOdooId(item.odooId)
    const key = item.sku.toLowerCase()
    if (variant !== undefined && variant.sku?.toLowerCase() !== key && !claimed.has(key)) {
      claimed.add(key)
      wanted.set(variant.id, item.sku)
    }
  })
  return wanted
}

/**
 * Finds the variants that give up their SKUs in a batch, because Odoo has changed them: those whose new SKU is free, or is given
 * up too, as where two products swap their SKUs.
 * @param stuck the items that can not be applied, by index
 * @returns the ids of the variants
 */
export function variantsThatLeaveTheirSku(items: ReadonlyMap<number, BulkProductItem>, stuck: ReadonlySet<number>, find: VariantFinder): Set<string> {
  const wanted = wantedSkus(items, stuck, find)
  const leaves = new Map<string, boolean>()
  for (const start of wanted.keys()) {
    const path = new Set<string>()
    let at: string | undefined = start
    while (at !== undefined && !path.has(at) && !leaves.has(at) && wanted.has(at)) {
      path.add(at)
      at = find.bySku(wanted.get(at) ?? "")?.id
    }
    // the path ended at a free SKU, or is a cycle
    const isFree = at === undefined || path.has(at)
    const answer: boolean = isFree || (leaves.get(at ?? "") ?? false)
    path.forEach((id) => leaves.set(id, answer))
  }
  return new Set([...leaves].flatMap(([id, does]) => (does ? id : [])))
}
