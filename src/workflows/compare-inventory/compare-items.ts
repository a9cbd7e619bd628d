import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectStockLocations } from "../../modules/odoo/sql/select-stock-locations"
import type { OpenReceipt } from "../../modules/odoo/types"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { StockItem } from "../../wire/schemas/inventory"
import { stockReport, type StockReport } from "../../wire/stock-report"
import { applyStock } from "../ingest-inventory/apply-stock"
import { readLevels } from "../ingest-inventory/levels"
import type { ResolvedStatement } from "../ingest-inventory/plan-stock"
import { resolveItems, type Unresolved } from "../ingest-inventory/resolve-items"
import { doneBefore, noteDone } from "../once/once"
import { afterSetting, compareCounts, type ComparedCount, type ShopStock } from "./compare-counts"

export type CompareInventoryInput = {
  /** counts; changes can not be compared */
  items: StockItem[]
  /** whether what differs is set to what Odoo counts */
  apply?: boolean
  /** the idempotency key that the request came with */
  receipt?: OpenReceipt | undefined
}

/** Reads what the shop has of all that is counted: two statements, however much that is. */
async function readShop(container: MedusaContainer, resolved: readonly (ResolvedStatement | Unresolved)[]): Promise<ShopStock> {
  const itemIds = new Set(resolved.flatMap((entry) => ("itemId" in entry ? entry.itemId : [])))
  const { stock, changedAt } = await readLevels(container, [...itemIds])
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  return { stock, changedAt, locationNames: new Map(locations.map(({ id, name }) => [id, name])) }
}

/** The differences, with what became of those that were to be set; `outcomes` are in the order of what is to be set. */
function differencesAfter(compared: readonly ComparedCount[], outcomes: readonly StockOutcome[]) {
  const written = outcomes.values()
  return compared.flatMap(({ difference, toSet }) => {
    const outcome = toSet === null ? undefined : written.next().value
    return difference === null ? [] : outcome === undefined ? difference : afterSetting(difference, outcome)
  })
}

/**
 * Compares Odoo's counts with the shop's stock, and, where that is asked for, sets what differs as a push does. Whatever
 * comes with an idempotency key is set once, also where the first request has died before it answered.
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when every item needs one and none can be told;
 *   `INVENTORY_ERROR` when the stock to be set is not free in time
 */
export async function compareItems(
  container: MedusaContainer,
  { items, apply = false, receipt }: CompareInventoryInput
): Promise<StockReport> {
  const before = doneBefore(receipt) as StockReport | undefined
  if (before !== undefined) {
    return before
  }
  const resolved = await resolveItems(container, items, !apply)
  const compared = compareCounts(resolved, await readShop(container, resolved))
  const reportOf = (outcomes: readonly StockOutcome[]) => stockReport(items.length, differencesAfter(compared, outcomes), apply)
  const wanted = apply ? compared.flatMap(({ toSet }) => toSet ?? []) : []
  if (wanted.length === 0) {
    return reportOf([])
  }
  const outcomes = await applyStock(container, wanted, (transaction, written) => noteDone(transaction, receipt, reportOf(written)))
  return reportOf(outcomes)
}
