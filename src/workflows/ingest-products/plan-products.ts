import type { WireError } from "../../wire/errors"
import type { BulkProductItem } from "../../wire/product-statement"
import type { Catalogue } from "./catalogue"
import { newDraft } from "./draft"
import { groupItems } from "./group-items"
import { planGroup } from "./plan-group"
import type { ProductWrites } from "./writes"

/** What becomes of an item of a batch. */
export type ItemPlan =
  | { action: "create" | "update" | "unchanged"; variantId: string; productId: string; changes: string[] }
  | { action: "refused"; error: WireError }

/**
 * Works out, without writing, what a batch of statements makes of the catalogue.
 * @param newId makes an id with a prefix, such as `prod`
 * @returns what has to be written, and a plan for each item, in their order
 */
export function planProducts(
  items: readonly BulkProductItem[],
  catalogue: Catalogue,
  newId: (prefix: string) => string
): { writes: ProductWrites; plans: ItemPlan[] } {
  const draft = newDraft(catalogue, newId)
  const { groups, refusals } = groupItems(items, catalogue, newId)
  const plans = new Map<number, ItemPlan>(refusals.map(({ index, error }) => [index, { action: "refused", error }]))
  for (const group of groups) {
    for (const [member, plan] of planGroup(draft, group)) {
      member.indexes.forEach((index, repetition) => {
        const own = plan.action === "refused" ? plan : { ...plan, variantId: member.id }
        // a SKU that came twice was written once
        plans.set(index, repetition === 0 || own.action === "refused" ? own : { ...own, action: "unchanged", changes: [] })
      })
    }
  }
  return { writes: draft.writes, plans: items.flatMap((_, index) => plans.get(index) ?? []) }
}
