import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import type { OpenReceipt } from "../../modules/odoo/types"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { ingestItems } from "../ingest-inventory/ingest-items"
import { reduceOrder } from "./reduce-order"

export type ReduceStockInput = {
  /** the idempotency key that the request came with */
  receipt?: OpenReceipt | undefined
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
const reduceWithoutOrder = (container: MedusaContainer, { items, receipt }: ReduceStockInput) =>
  ingestItems(
    container,
    { receipt, items: items.map(({ sku, quantity }) => ({ sku, quantity: -quantity, adjustment: "delta" })) },
    ({ sku, status, previous_quantity, new_quantity, oversold_by }): ReduceOutcome => ({
      sku,
      status: STATUS[status] ?? "insufficient_stock",
      previous_quantity,
      new_quantity,
      reduced_by: (previous_quantity ?? 0) - (new_quantity ?? 0),
      ...(oversold_by === undefined ? {} : { oversold_by }),
    })
  )

const reduceStock = (container: MedusaContainer, input: ReduceStockInput) =>
  input.orderId === null ? reduceWithoutOrder(container, input) : reduceOrder(container, { ...input, orderId: input.orderId })

/** There is nothing to undo: the goods have left. */
const reduceStockStep = createStep(
  "odoo-reduce-stock-step",
  async (input: ReduceStockInput, { container }) => new StepResponse(await reduceStock(container, input))
)

export const reduceStockWorkflowId = "odoo-reduce-stock"

/** Takes out of the stock what Odoo says has left, and answers what became of each item. */
export const reduceStockWorkflow = createWorkflow(reduceStockWorkflowId, (input: ReduceStockInput) => {
  return new WorkflowResponse(reduceStockStep(input))
})
