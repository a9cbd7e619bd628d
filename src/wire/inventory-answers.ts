import { WireError, type WireErrorCode } from "./errors"

/** The outcome of one item of a stock push. */
export type StockOutcome = {
  sku: string
  status: "updated" | "unchanged" | "stale" | "not_found" | "failed"
  location_id: string | null
  previous_quantity: number | null
  new_quantity: number | null
  /** how many pieces are sold and missing: those reserved beyond the stock, and those that Odoo counts below 0 */
  oversold_by?: number
  /** the count of Odoo's, where it was rounded down to whole pieces */
  rounded_from?: number
  /** why the item was not applied: a code of the wire, or `insufficient_stock` */
  code: WireErrorCode | "insufficient_stock" | null
  message: string | null
}

/** Whether the stock equals the item now. */
export const isApplied = (outcome: StockOutcome) => outcome.status === "updated" || outcome.status === "unchanged"

const count = (outcomes: readonly StockOutcome[], ...statuses: StockOutcome["status"][]) =>
  outcomes.filter((outcome) => statuses.includes(outcome.status)).length

/** The number of stale statements; left out for none, because most clients never send a time. */
function staleCount(outcomes: readonly StockOutcome[]) {
  const stale = count(outcomes, "stale")
  return stale > 0 ? { stale } : {}
}

/** How the stock differs from Odoo's count, where it does. */
const remarks = ({ oversold_by, rounded_from }: StockOutcome) => ({
  ...(oversold_by === undefined ? {} : { oversold_by }),
  ...(rounded_from === undefined ? {} : { rounded_from }),
})

const staleStatus = ({ status }: StockOutcome) => (status === "stale" ? { status } : {})

/** A count by its index in the request, with its remarks. */
export type RemarkedCount = Pick<StockOutcome, "sku" | "location_id"> & { index: number; oversold_by: number | undefined; rounded_from: number | undefined }

/** The oversold and the rounded counts; each list is left out where it is empty. */
export function remarksOf(counts: readonly RemarkedCount[]) {
  const oversold = counts.flatMap(({ rounded_from: _, oversold_by, ...item }) => (oversold_by === undefined ? [] : { ...item, oversold_by }))
  const rounded = counts.flatMap(({ oversold_by: _, rounded_from, ...item }) => (rounded_from === undefined ? [] : { ...item, rounded_from }))
  return { ...(oversold.length > 0 ? { oversold } : {}), ...(rounded.length > 0 ? { rounded } : {}) }
}

/** The remarks on the outcomes of a push. */
const remarkable = (outcomes: readonly StockOutcome[]) =>
  remarksOf(outcomes.map(({ sku, location_id, oversold_by, rounded_from }, index) => ({ index, sku, location_id, oversold_by, rounded_from })))

/** The answer to `POST /odoo/inventory/bulk-update` (contract 5); `updated` counts the unchanged too. */
export function bulkUpdateAnswer(outcomes: readonly StockOutcome[]) {
  return {
    success: outcomes.every(isApplied),
    results: {
      total: outcomes.length,
      updated: count(outcomes, "updated", "unchanged"),
      unchanged: count(outcomes, "unchanged"),
      not_found: count(outcomes, "not_found"),
      ...staleCount(outcomes),
      ...remarkable(outcomes),
      errors: outcomes.flatMap((outcome, index) =>
        isApplied(outcome)
          ? []
          : { index, sku: outcome.sku, ...staleStatus(outcome), code: outcome.code, message: outcome.message }
      ),
    },
  }
}

/** The answer to `POST /odoo/webhooks/inventory` (contract 6). */
export function inventoryWebhookAnswer(eventType: string, outcomes: readonly StockOutcome[]) {
  return {
    success: outcomes.every(isApplied),
    event_type: eventType,
    summary: {
      total: outcomes.length,
      processed: count(outcomes, "updated", "unchanged"),
      failed: count(outcomes, "failed"),
      not_found: count(outcomes, "not_found"),
      ...staleCount(outcomes),
    },
    results: outcomes.map((outcome) => ({
      sku: outcome.sku,
      status: isApplied(outcome) ? "success" : outcome.status,
      previous_quantity: outcome.previous_quantity,
      new_quantity: outcome.new_quantity,
      ...remarks(outcome),
      ...(isApplied(outcome) ? {} : { error: outcome.code === "insufficient_stock" ? outcome.code : outcome.message }),
    })),
  }
}

/**
 * The answer to `POST /odoo/inventory/update` (contract 5).
 * @throws WireError where the item could not be applied; a stale statement is no error, and the answer says so
 */
export function updateStockAnswer(outcome: StockOutcome) {
  if (!isApplied(outcome) && outcome.status !== "stale") {
    // the request is correct, but the present stock does not allow it
    const code = outcome.code === "insufficient_stock" ? "CONFLICT" : (outcome.code ?? "INVENTORY_ERROR")
    throw new WireError(code, outcome.message ?? "The stock could not be set.", { sku: outcome.sku })
  }
  return {
    success: isApplied(outcome),
    ...staleStatus(outcome),
    sku: outcome.sku,
    location_id: outcome.location_id,
    previous_quantity: outcome.previous_quantity,
    new_quantity: outcome.new_quantity,
    ...remarks(outcome),
  }
}

/** The answer to `POST /odoo/inventory` (contract 5). */
export function syncStockAnswer(outcomes: readonly StockOutcome[]) {
  const synced = count(outcomes, "updated", "unchanged")
  return {
    success: synced === outcomes.length,
    summary: { total: outcomes.length, synced, failed: outcomes.length - synced },
    results: outcomes.map((outcome) => ({
      sku: outcome.sku,
      status: isApplied(outcome) ? "synced" : outcome.status,
      previous_quantity: outcome.previous_quantity,
      new_quantity: outcome.new_quantity,
      ...remarks(outcome),
      ...(isApplied(outcome) ? {} : { error: outcome.message }),
    })),
  }
}

/** The answer to `POST /admin/inventory/batch-update` (contract 5). */
export function batchUpdateAnswer(outcomes: readonly StockOutcome[]) {
  const updated = count(outcomes, "updated", "unchanged")
  return {
    success: updated === outcomes.length,
    updated,
    failed: outcomes.length - updated,
    results: outcomes.map((outcome) =>
      isApplied(outcome)
        ? { sku: outcome.sku, status: "updated", stocked_quantity: outcome.new_quantity, ...remarks(outcome) }
        : { sku: outcome.sku, status: outcome.status, stocked_quantity: outcome.new_quantity, error: outcome.message }
    ),
  }
}
