import { WireError } from "./errors"

/** The outcome of one item of a reduction. Quantities are those of the stock; null where there is no such stock. */
export type ReduceOutcome = {
  sku: string
  status: "reduced" | "insufficient_stock" | "already_reduced" | "not_found" | "failed"
  previous_quantity: number | null
  new_quantity: number | null
  reduced_by: number
  /** how many pieces more are reserved than there are now; left out where there are enough */
  oversold_by?: number
  /** how many pieces Odoo's count lacked already, so that they were not taken again; left out for 0 */
  counted_without?: number
  /** how many pieces were reported beyond the open ones, so that they were not taken; left out for 0 */
  surplus?: number
  /** how many parts of a kit make no whole kit; left out for 0 */
  left_over?: number
  /** why the item was not taken, or not all of it */
  error?: string
}

/** The outcome of an item whose stock is not known. */
export const notReduced = (sku: string, status: ReduceOutcome["status"], error?: string): ReduceOutcome => ({
  sku,
  status,
  previous_quantity: null,
  new_quantity: null,
  reduced_by: 0,
  ...(error === undefined ? {} : { error }),
})

/** Whether all goods of an item have left the stock, now or before. */
const hasLeft = ({ status, error }: ReduceOutcome) => error === undefined && (status === "reduced" || status === "already_reduced")

/** The answer to `POST /odoo/inventory/reduce` (contract 5). */
export function reduceAnswer(orderId: string | null, reason: string | null, outcomes: readonly ReduceOutcome[]) {
  const successful = outcomes.filter(hasLeft).length
  return {
    success: successful === outcomes.length,
    order_id: orderId,
    reason,
    summary: {
      total_items: outcomes.length,
      successful,
      failed: outcomes.length - successful,
      insufficient_stock: outcomes.filter(({ status }) => status === "insufficient_stock").length,
    },
    results: outcomes,
  }
}

/**
 * The answer to `POST /admin/inventory/reduce-stock` with the body of one SKU (contract 5).
 * @throws WireError `SKU_NOT_FOUND`, `CONFLICT` when there is not enough in stock, `VALIDATION_ERROR` for what is not taken
 */
export function reduceOneAnswer({ results }: ReturnType<typeof reduceAnswer>) {
  const [outcome] = results
  if (outcome === undefined || outcome.status === "not_found") {
    throw new WireError("SKU_NOT_FOUND", "There is no stock of this SKU, or the order has none of it.")
  }
  if (outcome.status === "insufficient_stock") {
    throw new WireError("CONFLICT", `Only ${String(outcome.previous_quantity)} of ${outcome.sku} are in stock.`)
  }
  if (outcome.error !== undefined) {
    throw new WireError("VALIDATION_ERROR", outcome.error, { sku: outcome.sku, reduced_by: outcome.reduced_by })
  }
  const { sku, previous_quantity, reduced_by, new_quantity, counted_without: without, surplus } = outcome
  return {
    success: true,
    inventory_item: {
      sku,
      // null where the shop keeps no stock of it
      previous_quantity: previous_quantity ?? 0,
      reduced_by,
      new_quantity: new_quantity ?? 0,
      ...(without === undefined ? {} : { counted_without: without }),
      ...(surplus === undefined ? {} : { surplus }),
    },
  }
}
