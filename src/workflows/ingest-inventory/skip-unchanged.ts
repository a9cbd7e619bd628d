import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Db } from "../../database/statement"
import { selectOpenCounts } from "../../read-model/inventory/select-open-counts"
import type { WithLocation } from "./statements"

/** The result of the comparison before the lock: the unchanged stock, or the inventory item of the statement. */
export type Known = { unchangedAt: number } | { itemId: string }

/** How many counts are compared in one SQL statement; more only need more memory. */
const COUNTS_AT_ONCE = 10_000

const isUnchanged = (known: Known | undefined) => known !== undefined && "unchangedAt" in known

const skuOf = ({ statement: { sku } }: WithLocation) => sku.toLowerCase()

async function compare(db: Db, counts: readonly WithLocation[]): Promise<Map<WithLocation, Known>> {
  const known = new Map(counts.map((count): [WithLocation, Known] => [count, { unchangedAt: count.reading.quantity }]))
  const unsure = new Set<WithLocation>()
  const sent = counts.map(({ statement: { sku, quantityIs, statedAt = null }, reading, locationId }) => ({
    sku,
    locationId,
    quantity: reading.quantity,
    isAvailable: quantityIs === "available",
    statedAt,
  }))
  for (const { index, inventory_item_id: itemId, unchanged_stock: stocked } of await selectOpenCounts(db, sent)) {
    const count = counts[index]
    if (count !== undefined && itemId !== null) {
      known.set(count, stocked === null ? { itemId } : { unchangedAt: Number(stocked) })
    } else if (count !== undefined) {
      unsure.add(count)
    }
  }
  unsure.forEach((count) => known.delete(count))
  return known
}

/**
 * Finds the statements that change nothing, in one SQL statement for thousands of them. A count is not skipped where another
 * statement about its SKU may change the stock before it.
 * @returns the results by statement; the item of a missing statement has to be looked up
 */
export async function skipUnchanged(container: MedusaContainer, statements: readonly WithLocation[]): Promise<Map<WithLocation, Known>> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const counts = statements.filter(({ statement }) => statement.adjustment === "absolute" && statement.sku !== "")
  const known = new Map<WithLocation, Known>()
  for (let start = 0; start < counts.length; start += COUNTS_AT_ONCE) {
    for (const [count, found] of await compare(db, counts.slice(start, start + COUNTS_AT_ONCE))) {
      known.set(count, found)
    }
  }
  const changing = new Set(statements.flatMap((statement) => (isUnchanged(known.get(statement)) ? [] : skuOf(statement))))
  for (const count of changing.size === 0 ? [] : counts) {
    if (isUnchanged(known.get(count)) && changing.has(skuOf(count))) {
      known.delete(count)
    }
  }
  return known
}
