import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectStockLocations } from "../../read-model/inventory/select-stock-locations"
import type { OpenReceipt } from "../../modules/odoo/types"
import type { StockItem } from "../../wire/schemas/inventory"
import { stockReport, type StockReport } from "../../wire/stock-report"
import { applyStock } from "../stock-levels/apply-stock"
import { readLevels } from "../stock-levels/levels"
import type { ResolvedStatement, StockOutcomes } from "../stock-levels/plan-stock"
import { resolveItems } from "../ingest-inventory/resolve-items"
import type { Unresolved } from "../ingest-inventory/statements"
import { earlierOutcome, saveOutcome } from "../idempotency/apply-once"
import { afterSetting, compareCounts, type ComparedCount, type ShopStock } from "./compare-counts"

export type CompareInventoryInput = {
  /** counts; changes can not be compared */
  items: StockItem[]
  /** whether the items are parts of counts, such as Odoo's quants: those of one item and location add up to one count */
  areParts?: boolean
  /** whether differing stock is set to Odoo's counts */
  apply?: boolean
  /** the idempotency key of the request */
  receipt?: OpenReceipt | undefined
}

/** Reads the stock of all counted items, in two SQL statements. */
async function readShop(container: MedusaContainer, resolved: readonly (ResolvedStatement | Unresolved)[]): Promise<ShopStock> {
  const itemIds = new Set(resolved.flatMap((entry) => ("itemId" in entry ? entry.itemId : [])))
  const { stock, changedAt } = await readLevels(container, [...itemIds])
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  return { stock, changedAt, locationNames: new Map(locations.map(({ id, name }) => [id, name])) }
}

/** The differences after applying. @param outcomes the outcomes of the applied counts */
function differencesAfter(compared: readonly ComparedCount[], outcomes: StockOutcomes) {
  return compared.flatMap(({ difference, toSet }) => {
    const outcome = toSet === null ? undefined : outcomes.get(toSet)
    return difference === null ? [] : outcome === undefined ? difference : afterSetting(difference, outcome)
  })
}

/**
 * Compares Odoo's counts with the shop's stock, and with `apply` sets differing stock as a push does. With an idempotency key
 * the counts are applied once, also where the first request's process died before it answered.
 * @throws WireError `VALIDATION_ERROR`, listing the locations, when every item needs a location and none can be determined;
 *   `INVENTORY_ERROR` when the locks of the stock are not free in time
 */
export async function compareItems(
  container: MedusaContainer,
  { items, areParts = false, apply = false, receipt }: CompareInventoryInput
): Promise<StockReport> {
  const before = earlierOutcome(receipt) as StockReport | undefined
  if (before !== undefined) {
    return before
  }
  const resolved = await resolveItems(container, items, !apply, areParts)
  const compared = compareCounts(resolved, await readShop(container, resolved))
  const alike = compared.flatMap(({ equal }) => equal ?? [])
  const reportOf = (outcomes: StockOutcomes) => stockReport(resolved.length, differencesAfter(compared, outcomes), apply, alike)
  const wanted = apply ? compared.flatMap(({ toSet }) => toSet ?? []) : []
  if (wanted.length === 0) {
    return reportOf(new Map())
  }
  const outcomes = await applyStock(container, wanted, (transaction, written) => saveOutcome(container, transaction, receipt, reportOf(written)))
  return reportOf(outcomes)
}
