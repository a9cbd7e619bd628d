import type { WireError } from "../../wire/errors"
import type { BulkProductItem } from "../../wire/product-statement"
import type { Catalogue } from "./catalogue"
import { newDraft } from "./draft"
import { groupItems } from "./group-items"
import { planGroup } from "./plan-group"
import { planReleases, renameMisnamed, undoBeside } from "./plan-releases"
import type { ProductWrites } from "./writes"

/** The plan for an item of a batch. */
export type ItemPlan =
  | { action: "create" | "update" | "unchanged"; variantId: string; productId: string; changes: string[]; warnings?: string[] }
  /** the item takes a product out of the shop that the shop does not have */
  | { action: "absent" }
  | { action: "refused"; error: WireError }

/** The writes of a batch, and the plan for each of its items, by index. */
export type BatchPlan = { writes: ProductWrites; plans: Map<number, ItemPlan> }

/**
 * Plans a batch once.
 * @param stuck the items that can not be applied, by index
 */
function planBatch(items: ReadonlyMap<number, BulkProductItem>, catalogue: Catalogue, newId: (prefix: string) => string, stuck: ReadonlySet<number>): BatchPlan {
  const { groups, refusals } = groupItems(items, catalogue, newId, stuck)
  const draft = newDraft(catalogue, newId, groups, stuck)
  const plans = new Map<number, ItemPlan>(refusals.map(({ index, error }) => [index, { action: "refused", error }]))
  for (const group of groups) {
    for (const [member, plan] of planGroup(draft, group)) {
      member.indexes.forEach((index, repetition) => {
        if (plan.action === "refused" || plan.action === "absent") {
          plans.set(index, plan)
          return
        }
        // a SKU in several items is written once
        const { productId } = plan
        plans.set(index, repetition === 0 ? { ...plan, variantId: member.id } : { action: "unchanged", variantId: member.id, productId, changes: [] })
      })
    }
  }
  const itemRenames = [...draft.writes.itemRenames, ...renameMisnamed(draft.writes, catalogue)]
  const writes = { ...draft.writes, itemRenames }
  const releases = planReleases(writes, catalogue)
  return { writes: { ...writes, ...undoBeside(releases, writes), releases }, plans }
}

/**
 * Plans, without writing, the changes of a batch of items. Whether a unique value is free depends on the other items: an item that
 * needs a value which another item gives up is refused where that other item is.
 * @param items by their indexes in the push, in this order: of several values the later one counts
 * @param newId makes an id with a prefix, such as `prod`
 */
export function planProducts(
  items: ReadonlyMap<number, BulkProductItem>,
  catalogue: Catalogue,
  newId: (prefix: string) => string
): BatchPlan {
  const stuck = new Set<number>()
  let batch = planBatch(items, catalogue, newId, stuck)
  const refused = () => [...batch.plans].flatMap(([index, { action }]) => (action === "refused" && !stuck.has(index) ? index : []))
  for (let late = refused(); late.length > 0; late = refused()) {
    late.forEach((index) => stuck.add(index))
    batch = planBatch(items, catalogue, newId, stuck)
  }
  return batch
}
