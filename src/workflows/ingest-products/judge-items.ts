import { WireError } from "../../wire/errors"
import type { Catalogue, CatalogueVariant } from "./catalogue"
import { isRenamed, type Member } from "./plan-variant"

/** The inventory item that is renamed together with its variant: the one with the same SKU. */
export const ownItem = ({ sku, inventory_items: [item] }: CatalogueVariant) => (item?.sku === sku ? item : undefined)

/** The inventory item that is renamed by a member; undefined for none. */
const renamedItem = (member: Member) => (member.variant !== undefined && isRenamed(member) ? ownItem(member.variant) : undefined)

/** Whether the SKU of a member must be free for an inventory item: a renamed one, a new one, or one that is taken over. */
function needsItem(member: Member): boolean {
  const { lifecycle, manageInventory = true } = member.statement
  return member.variant === undefined ? lifecycle !== "archive" && manageInventory : renamedItem(member) !== undefined
}

/**
 * Finds the items whose SKU is not free for an inventory item after the batch is written. No two inventory items can have the same
 * SKU. An item without a variant is taken over by a new variant, and gives its SKU up to a renamed variant, unless the item has
 * stock or reservations, which would then belong to nothing. An item with a variant gives its SKU up where the batch renames the
 * variant, or the variant has another SKU already.
 * @param stuck the items of the batch that can not be applied, by index: their variants keep what they have
 * @returns the reason for each refused member
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
