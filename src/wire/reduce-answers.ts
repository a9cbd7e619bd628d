import { WireError } from "./errors"

/** What became of one item of a reduction. Quantities are of the stock; null where there is none. */
export type ReduceOutcome = {
  sku: string
  status: "reduced" | "insufficient_stock" | "already_reduced" | "not_found"
  previous_quantity: number | null
  new_quantity: number | null
  reduced_by: number
  /** how many pieces more are reserved than there are now; left out where there are enough */
  oversold_by?: number
  /** how many pieces Odoo's count was without already, so that they were not taken again; left out for none */
  counted_without?: number
}

/** Whether the goods have left the stock, now or before. */
export const hasLeft = ({ status }: ReduceOutcome) => status === "reduced" || status === "already_reduced"

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
 * @throws WireError `SKU_NOT_FOUND`, or `CONFLICT` when there is not enough in stock
 */
export function reduceOneAnswer({ results }: ReturnType<typeof reduceAnswer>) {
  const [outcome] = results
  if (outcome === undefined || outcome.status === "not_found") {
    throw new WireError("SKU_NOT_FOUND", "There is no stock of this SKU, or the order has none of it.")
  }
  if (outcome.status === "insufficient_stock") {
    throw new WireError("CONFLICT", `Only ${String(outcome.previous_quantity)} of ${outcome.sku} are in stock.`)
  }
  const { sku, previous_quantity, reduced_by, new_quantity, counted_without: without } = outcome
  return {
    success: true,
    inventory_item: {
      sku,
      // null where the shop keeps no stock of it
      previous_quantity: previous_quantity ?? 0,
      reduced_by,
      new_quantity: new_quantity ?? 0,
      ...(without === undefined ? {} : { counted_without: without }),
    },
  }
}
