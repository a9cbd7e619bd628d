import type { MedusaContainer } from "@medusajs/framework/types"

import type { StockOutcome } from "../../wire/inventory-answers"
import { findStockItems } from "./find-stock-items"
import { lookAhead, type Look } from "./look-ahead"
import type { ResolvedStatement } from "./plan-stock"
import { keepUnknown, placeItems, readPlaces, resolve, skusOf, type IngestInventoryInput, type Placed, type Unresolved } from "./resolve-items"

/** The items of a push. */
export type Batch = Pick<IngestInventoryInput, "items" | "at" | "createMissing">

/** What is to be applied, or what is answered where there is nothing to apply. */
export type Verdict = ResolvedStatement | StockOutcome

/** What is to be done about the items of a batch, in their order; or why none of them can have its place. */
export type Judged = { verdicts: Verdict[] } | { refusal: unknown }

type PlacedBatch = { batch: Batch; entries: (Placed | Unresolved)[] }

const isPlaced = (entry: Placed | Unresolved): entry is Placed => "statement" in entry

const isSure = (look: Look | undefined): look is NonNullable<Look> => look !== null && look !== undefined

/** What nothing differs of. The look ahead has compared it, with what is reserved. */
const settled = ({ statement, locationId }: Placed, settledAt: number): StockOutcome => ({
  sku: statement.sku,
  status: "unchanged",
  location_id: locationId,
  previous_quantity: settledAt,
  new_quantity: settledAt,
  code: null,
  message: null,
})

/** Finds the items of those of which it is not sure yet what they mean; makes stock records where the batch asks for it. */
async function findItems(container: MedusaContainer, unsure: readonly { placed: Placed; batch: Batch }[]): Promise<Map<string, string>> {
  if (unsure.length === 0) {
    return new Map()
  }
  const itemIds = await findStockItems(container, skusOf(unsure.map(({ placed }) => placed)))
  await keepUnknown(container, unsure.flatMap(({ placed, batch }) => (batch.createMissing === true ? placed : [])), itemIds)
  return itemIds
}

function verdictOn(placed: Placed, look: Look | undefined, itemIds: ReadonlyMap<string, string>): Verdict {
  if (isSure(look) && "settledAt" in look) {
    return settled(placed, look.settledAt)
  }
  const resolved = isSure(look) ? resolve(placed, look.itemId, true) : resolve(placed, itemIds.get(placed.statement.sku))
  return "itemId" in resolved ? resolved : resolved.outcome
}

/**
 * Finds out what is to be done about each item of some batches. The number of SQL statements depends on neither how many
 * batches nor how many items there are; items of which nothing differs take one.
 */
export async function judgeItems(container: MedusaContainer, batches: readonly Batch[]): Promise<Judged[]> {
  const places = await readPlaces(container)
  const inPlace = batches.map((batch): PlacedBatch | { refusal: unknown } => {
    try {
      return { batch, entries: placeItems(batch, places) }
    } catch (refusal) {
      return { refusal }
    }
  })
  const placed = inPlace.flatMap((each) => ("entries" in each ? each.entries.filter(isPlaced).map((entry) => ({ placed: entry, batch: each.batch })) : []))
  const looks = await lookAhead(container, placed.map((entry) => entry.placed))
  const itemIds = await findItems(container, placed.filter((_, index) => !isSure(looks[index])))
  const inOrder = looks.values()
  return inPlace.map((each) =>
    "entries" in each
      ? { verdicts: each.entries.map((entry) => (isPlaced(entry) ? verdictOn(entry, inOrder.next().value, itemIds) : entry.outcome)) }
      : each
  )
}
