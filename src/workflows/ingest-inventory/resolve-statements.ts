import type { MedusaContainer } from "@medusajs/framework/types"

import type { StockOutcome } from "../../wire/inventory-answers"
import type { ResolvedStatement } from "../stock-levels/plan-stock"
import { findItems, itemOf, type FoundItem, type FoundItems } from "./find-items"
import { keepUnknown, locateItems, readLocationContext, resolve, type IngestInventoryInput } from "./resolve-items"
import { skipUnchanged, type Known } from "./skip-unchanged"
import type { Unresolved, WithLocation } from "./statements"

/** The items of a push. */
export type Batch = Pick<IngestInventoryInput, "items" | "at" | "createMissing">

/**
 * The statement to apply for each item of a batch, or its outcome where there is none, in the order of the items; or the error of
 * the whole batch.
 */
export type Resolution = { entries: (ResolvedStatement | StockOutcome)[] } | { refusal: unknown }

const hasLocation = (entry: WithLocation | Unresolved): entry is WithLocation => "statement" in entry

const unchanged = ({ statement, reading: { quantity: _, ...remarks }, locationId }: WithLocation, stocked: number): StockOutcome => ({
  sku: statement.sku,
  status: "unchanged",
  location_id: locationId,
  previous_quantity: stocked,
  new_quantity: stocked,
  ...remarks,
  code: null,
  message: null,
})

/** Finds the inventory items of statements. Creates stock records for unknown SKUs where their batch asks for it. */
async function lookUp(container: MedusaContainer, unsure: readonly { located: WithLocation; batch: Batch }[]): Promise<FoundItems> {
  if (unsure.length === 0) {
    return { bySku: new Map(), byOdooId: new Map() }
  }
  const found = await findItems(container, unsure.map(({ located }) => located.statement))
  await keepUnknown(container, unsure.flatMap(({ located, batch }) => (batch.createMissing === true ? located : [])), found)
  return found
}

/**
 * @param linked the inventory items that other statements name by an id in Odoo, by the SKUs of their variants. An unchanged count
 *   of such a SKU is applied too, because another statement may change the same stock before it
 */
function resolveOne(located: WithLocation, known: Known | undefined, found: FoundItems, linked: ReadonlyMap<string, FoundItem>) {
  const { statement } = located
  if (known !== undefined && "unchangedAt" in known && !linked.has(statement.sku)) {
    return unchanged(located, known.unchangedAt)
  }
  const item = known === undefined ? itemOf(found, statement) : "itemId" in known ? { ...known, sku: statement.sku } : linked.get(statement.sku)
  const resolved = resolve(located, item)
  return "itemId" in resolved ? resolved : resolved.outcome
}

/**
 * Finds the statement to apply for each item of several batches. The number of SQL statements depends neither on the number of
 * batches nor on that of the items.
 */
export async function resolveStatements<B extends Batch>(container: MedusaContainer, batches: readonly B[]): Promise<Map<B, Resolution>> {
  const context = await readLocationContext(container)
  const perBatch = batches.map((batch) => {
    try {
      return { batch, entries: locateItems(batch, context) }
    } catch (refusal) {
      return { batch, refusal }
    }
  })
  const all = perBatch.flatMap(({ batch, entries = [] }) => entries.filter(hasLocation).map((located) => ({ located, batch })))
  const known = await skipUnchanged(container, all.map(({ located }) => located))
  const found = await lookUp(container, all.filter(({ located }) => !known.has(located)))
  const linked = new Map([...found.byOdooId.values()].map((item) => [item.sku, item]))
  const resolutionOf = (entries: readonly (WithLocation | Unresolved)[]): Resolution => ({
    entries: entries.map((entry) => (hasLocation(entry) ? resolveOne(entry, known.get(entry), found, linked) : entry.outcome)),
  })
  return new Map(perBatch.map(({ batch, entries, refusal }) => [batch, entries === undefined ? { refusal } : resolutionOf(entries)]))
}
