import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { orderType } from "../../records/order"
import { captureHinted, type CaptureResult } from "./capture-records"

/** `placed`: the orders were placed just now, although they may have been drafts for long. */
export type CaptureOrdersInput = { ids: string[]; placed?: boolean }

/** Captures what Odoo has not been told of these orders. */
export async function captureOrders(container: MedusaContainer, { ids, placed = false }: CaptureOrdersInput): Promise<CaptureResult> {
  return await captureHinted(container, orderType, { ids, isNew: placed })
}

/** No compensation: a captured change stays true. */
const captureOrdersStep = createStep(
  "odoo-capture-orders-step",
  async (input: CaptureOrdersInput, { container }) => new StepResponse(await captureOrders(container, input))
)

export const captureOrdersWorkflowId = "odoo-capture-orders"

/** Compares orders with their snapshots, and writes events for what Odoo has not been told of them. */
export const captureOrdersWorkflow = createWorkflow(captureOrdersWorkflowId, (input: CaptureOrdersInput) => {
  return new WorkflowResponse(captureOrdersStep(input))
})
