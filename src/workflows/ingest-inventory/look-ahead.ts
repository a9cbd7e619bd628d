import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectOpenCounts } from "../../modules/odoo/sql/select-open-counts"
import type { Placed } from "./resolve-items"

/**
 * What is known of a statement before anything is locked: that it changes nothing, or the item that it changes. null
 * where neither is sure.
 */
export type Look = { settledAt: number } | { itemId: string } | null

/** How many counts are compared in one statement: what it takes beyond that is memory. */
const COUNTS_AT_ONCE = 10_000

const isSettled = (look: Look | undefined): look is { settledAt: number } => look !== null && look !== undefined && "settledAt" in look

async function compare(container: MedusaContainer, placed: readonly Placed[]): Promise<Look[]> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const looks: Look[] = placed.map(({ statement: { quantity } }) => ({ settledAt: quantity }))
  const sent = placed.map(({ statement: { sku, quantity, quantityIs, statedAt = null }, locationId }) => ({
    sku,
    locationId,
    quantity,
    isAvailable: quantityIs === "available",
    statedAt,
  }))
  const unsure = new Set<number>()
  for (const { index, inventory_item_id: itemId, settled_at: settledAt } of await selectOpenCounts(db, sent)) {
    looks[index] = settledAt !== null ? { settledAt: Number(settledAt) } : itemId === null ? null : { itemId }
    if (itemId === null) {
      unsure.add(index)
    }
  }
  for (const index of unsure) {
    looks[index] = null
  }
  return looks
}

/**
 * Finds out which of these statements change nothing, in a statement of SQL for thousands of them. A count that others
 * about the same SKU come with, of which one changes something, is not settled: it may be the last word.
 * @returns what is known of each, in their order
 */
export async function lookAhead(container: MedusaContainer, placed: readonly Placed[]): Promise<Look[]> {
  const looks: Look[] = placed.map(() => null)
  const counts = placed.flatMap(({ statement }, index) => (statement.adjustment === "absolute" ? [index] : []))
  for (let start = 0; start < counts.length; start += COUNTS_AT_ONCE) {
    const some = counts.slice(start, start + COUNTS_AT_ONCE)
    const compared = await compare(container, some.flatMap((index) => placed[index] ?? []))
    some.forEach((index, position) => (looks[index] = compared[position] ?? null))
  }
  if (!looks.some(isSettled)) {
    return looks
  }
  const skuAt = (index: number) => placed[index]?.statement.sku.toLowerCase() ?? ""
  const open = new Set(looks.flatMap((look, index) => (isSettled(look) ? [] : [skuAt(index)])))
  return looks.map((look, index) => (isSettled(look) && open.size > 0 && open.has(skuAt(index)) ? null : look))
}
