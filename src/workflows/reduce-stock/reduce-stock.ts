import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import type { StockOutcome } from "../../wire/inventory-answers"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { ingestItems } from "../ingest-inventory/ingest-items"
import { tellOfLevels } from "../ingest-inventory/tell-of-levels"
import { reduceOrder } from "./reduce-order"

export type ReduceStockInput = {
  /** Medusa's id of the order whose goods have left; null for a decrease that belongs to none */
  orderId: string | null
  items: ReduceItem[]
}

const STATUS: Partial<Record<StockOutcome["status"], ReduceOutcome["status"]>> = {
  updated: "reduced",
  unchanged: "reduced",
  not_found: "not_found",
}

/** Takes pieces out of the stock that belong to no order: there is nothing to tell a repeat by. */
async function reduceWithoutOrder(container: MedusaContainer, items: readonly ReduceItem[]) {
  const { outcomes, levelIds } = await ingestItems(container, {
    items: items.map(({ sku, quantity }) => ({ sku, quantity: -quantity, adjustment: "delta" })),
  })
  return {
    levelIds,
    outcomes: outcomes.map(
      ({ sku, status, previous_quantity, new_quantity }): ReduceOutcome => ({
        sku,
        status: STATUS[status] ?? "insufficient_stock",
        previous_quantity,
        new_quantity,
        reduced_by: (previous_quantity ?? 0) - (new_quantity ?? 0),
      })
    ),
  }
}

/** There is nothing to undo: the goods have left. */
const reduceStockStep = createStep("odoo-reduce-stock-step", async ({ orderId, items }: ReduceStockInput, { container }) =>
  new StepResponse(orderId === null ? await reduceWithoutOrder(container, items) : await reduceOrder(container, orderId, items))
)

export const reduceStockWorkflowId = "odoo-reduce-stock"

/** Takes out of the stock what Odoo says has left, and answers what became of each item. */
export const reduceStockWorkflow = createWorkflow(reduceStockWorkflowId, (input: ReduceStockInput) => {
  const reduced = reduceStockStep(input)
  tellOfLevels(reduced)
  return new WorkflowResponse(transform(reduced, ({ outcomes }) => outcomes))
})
