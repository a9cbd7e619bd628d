import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import type { OpenReceipt } from "../../modules/odoo/types"
import { minusQuantity } from "../../wire/counts"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReadReduceItem } from "../../wire/schemas/reduce"
import { ingestItems } from "../ingest-inventory/ingest-items"
import { reduceOrder } from "./reduce-order"

export type ReduceStockInput = {
  /** the idempotency key that the request came with */
  receipt?: OpenReceipt | undefined
  /** Medusa's id of the order whose goods have left; null for a reduction without an order */
  orderId: string | null
  items: ReadReduceItem[]
}

const STATUS: Partial<Record<StockOutcome["status"], ReduceOutcome["status"]>> = {
  updated: "reduced",
  unchanged: "reduced",
  not_found: "not_found",
}

const statusOf = ({ status, code }: StockOutcome) => STATUS[status] ?? (code === "insufficient_stock" ? code : "failed")

/** Reduces the stock without an order. Only an idempotency key shows that such a reduction is a repeat. */
const reduceWithoutOrder = (container: MedusaContainer, { items, receipt }: ReduceStockInput) =>
  ingestItems(
    container,
    {
      receipt,
      items: items.map((item) => ("unreadable" in item ? item : { ...item, quantity: -item.quantity, adjustment: "delta" })),
    },
    (outcome): ReduceOutcome => {
      const { sku, previous_quantity, new_quantity, oversold_by, message } = outcome
      const status = statusOf(outcome)
      return {
        sku,
        status,
        previous_quantity,
        new_quantity,
        reduced_by: minusQuantity(previous_quantity ?? 0, new_quantity ?? 0),
        ...(oversold_by === undefined ? {} : { oversold_by }),
        ...(status === "failed" && message !== null ? { error: message } : {}),
      }
    }
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
