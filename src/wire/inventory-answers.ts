import { WireError, type WireErrorCode } from "./errors"

/** What became of one item of a stock push. */
export type StockOutcome = {
  sku: string
  status: "updated" | "unchanged" | "stale" | "not_found" | "failed"
  location_id: string | null
  previous_quantity: number | null
  new_quantity: number | null
  /** how many pieces more are reserved than there are; left out where there are enough */
  oversold_by?: number
  /** why it was not applied: a code of the wire, or `insufficient_stock` */
  code: WireErrorCode | "insufficient_stock" | null
  message: string | null
}

/** Whether the stock is now what the item says. */
export const isApplied = (outcome: StockOutcome) => outcome.status === "updated" || outcome.status === "unchanged"

const count = (outcomes: readonly StockOutcome[], ...statuses: StockOutcome["status"][]) =>
  outcomes.filter((outcome) => statuses.includes(outcome.status)).length

/** Outdated statements show only where there are any: most clients never send a time. */
function staleCount(outcomes: readonly StockOutcome[]) {
  const stale = count(outcomes, "stale")
  return stale > 0 ? { stale } : {}
}

/** What is sold and not there, where that is so. */
const oversold = ({ oversold_by }: StockOutcome) => (oversold_by === undefined ? {} : { oversold_by })

const staleStatus = ({ status }: StockOutcome) => (status === "stale" ? { status } : {})

/** Which items were applied although more of them is sold. */
function oversoldItems(outcomes: readonly StockOutcome[]) {
  const items = outcomes.flatMap(({ sku, location_id, oversold_by }, index) =>
    oversold_by === undefined ? [] : { index, sku, location_id, oversold_by }
  )
  return items.length > 0 ? { oversold: items } : {}
}

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
      ...oversoldItems(outcomes),
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
      ...oversold(outcome),
      ...(isApplied(outcome) ? {} : { error: outcome.code === "insufficient_stock" ? outcome.code : outcome.message }),
    })),
  }
}

/**
 * The answer to `POST /odoo/inventory/update` (contract 5).
 * @throws WireError what the one item could not be applied for; an outdated statement is no error, and says so
 */
export function updateStockAnswer(outcome: StockOutcome) {
  if (!isApplied(outcome) && outcome.status !== "stale") {
    // the shop can not hold it: the request is in order, its state is not
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
    ...oversold(outcome),
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
      ...oversold(outcome),
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
        ? { sku: outcome.sku, status: "updated", stocked_quantity: outcome.new_quantity, ...oversold(outcome) }
        : { sku: outcome.sku, status: outcome.status, stocked_quantity: outcome.new_quantity, error: outcome.message }
    ),
  }
}
