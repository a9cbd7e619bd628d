import { WireError } from "../../wire/errors"
import type { Catalogue, CatalogueVariant } from "./catalogue"
import { isRenamed, type Member } from "./plan-variant"

/** The inventory item that follows when its variant gets another SKU: the one that is called as the variant is. */
export const ownItem = ({ sku, inventory_items: [item] }: CatalogueVariant) => (item?.sku === sku ? item : undefined)

/** The inventory item that gets another SKU with a member's variant; undefined for none. */
const renamedItem = (member: Member) => (member.variant !== undefined && isRenamed(member) ? ownItem(member.variant) : undefined)

/** Whether a member's SKU is to be that of an inventory item: its own one, or one that is made or taken over with its variant. */
function needsItem(member: Member): boolean {
  const { lifecycle, manageInventory = true } = member.statement
  return member.variant === undefined ? lifecycle !== "archive" && manageInventory : renamedItem(member) !== undefined
}

/**
 * Judges SKUs by the inventory items that have them, of which no two can share one, not even where no variant has the SKU.
 * An item gives its SKU up where its variant gets another one in the same batch, or has another one already. An item that no
 * variant needs is taken over by a new variant. It gives its SKU up to a variant that is there, which keeps its own item with its
 * stock, but not where something is in it, which would then be nobody's.
 * @param stuck the items of the batch that can not be applied, by index: what their variants have, they keep
 * @returns why members can not be applied
 */
export function judgeItems(members: readonly Member[], { items }: Pick<Catalogue, "items">, stuck: ReadonlySet<number>): Map<Member, WireError> {
  const applied = members.filter(({ indexes }) => !indexes.some((index) => stuck.has(index)))
  const givenUp = new Set(applied.flatMap((member) => renamedItem(member)?.id ?? []))
  const refused = new Map<Member, WireError>()
  for (const member of members.filter(needsItem)) {
    const { sku } = member.statement
    const holder = items.get(sku)
    if (holder === undefined || givenUp.has(holder.id) || holder.misnamed_variant_id !== null) {
      continue
    }
    const { id: inventory_item_id, needed_by: neededBy, is_empty: isEmpty } = holder
    if (neededBy !== null || (member.variant !== undefined && !isEmpty)) {
      const why =
        neededBy === null
          ? "that no product has and that is not empty. Clear its stock and reservations, delete it, or give it another SKU"
          : `that ${neededBy} needs. Give that item another SKU`
      const message = `The SKU ${sku} belongs to an inventory item ${why}; then send the product again.`
      refused.set(member, new WireError("DUPLICATE_SKU", message, { sku, inventory_item_id }))
    }
  }
  return refused
}
