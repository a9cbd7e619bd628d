import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { captureRecords, type CaptureResult } from "./capture-records"
import { orderSource } from "./order-source"

/** `placed` says that the orders were placed just now, also where they were drafts for long. */
export type CaptureOrdersInput = { ids: string[]; placed?: boolean }

/** Writes down what Odoo has not been told about these orders. */
export async function captureOrders(container: MedusaContainer, { ids, placed = false }: CaptureOrdersInput): Promise<CaptureResult> {
  return await captureRecords(container, orderSource, { ids, isNew: placed })
}

/** There is nothing to undo: what an order told us stays true. */
const captureOrdersStep = createStep(
  "odoo-capture-orders-step",
  async (input: CaptureOrdersInput, { container }) => new StepResponse(await captureOrders(container, input))
)

export const captureOrdersWorkflowId = "odoo-capture-orders"

/** Looks at orders that something hinted at, and writes down what Odoo has not been told about them. */
export const captureOrdersWorkflow = createWorkflow(captureOrdersWorkflowId, (input: CaptureOrdersInput) => {
  return new WorkflowResponse(captureOrdersStep(input))
})
