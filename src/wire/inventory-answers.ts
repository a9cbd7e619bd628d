/** What became of one item of a stock push. */
export type StockOutcome = {
  sku: string
  status: "updated" | "unchanged" | "not_found" | "failed"
  location_id: string | null
  previous_quantity: number | null
  new_quantity: number | null
  /** why it was not applied: a code of the wire, or `insufficient_stock` */
  code: string | null
  message: string | null
}

const isApplied = (outcome: StockOutcome) => outcome.status === "updated" || outcome.status === "unchanged"

const count = (outcomes: readonly StockOutcome[], ...statuses: StockOutcome["status"][]) =>
  outcomes.filter((outcome) => statuses.includes(outcome.status)).length

/** The answer to `POST /odoo/inventory/bulk-update` (contract 5); `updated` counts the unchanged too. */
export function bulkUpdateAnswer(outcomes: readonly StockOutcome[]) {
  return {
    success: outcomes.every(isApplied),
    results: {
      total: outcomes.length,
      updated: count(outcomes, "updated", "unchanged"),
      unchanged: count(outcomes, "unchanged"),
      not_found: count(outcomes, "not_found"),
      errors: outcomes.flatMap((outcome, index) =>
        isApplied(outcome) ? [] : { index, sku: outcome.sku, code: outcome.code, message: outcome.message }
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
    },
    results: outcomes.map((outcome) => ({
      sku: outcome.sku,
      status: isApplied(outcome) ? "success" : outcome.status,
      previous_quantity: outcome.previous_quantity,
      new_quantity: outcome.new_quantity,
      ...(isApplied(outcome) ? {} : { error: outcome.code === "insufficient_stock" ? outcome.code : outcome.message }),
    })),
  }
}
