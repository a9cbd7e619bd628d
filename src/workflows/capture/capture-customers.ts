import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { customerType } from "../../records/customer"
import { captureHinted, type CaptureResult } from "./capture-records"

/** `isNew`: the customers were created or placed an order just now. A visitor who only has a cart is not told to Odoo. */
export type CaptureCustomersInput = { ids: string[]; isNew?: boolean }

/** Captures what Odoo has not been told of these customers. */
async function captureCustomers(container: MedusaContainer, { ids, isNew = false }: CaptureCustomersInput): Promise<CaptureResult> {
  return await captureHinted(container, customerType, { ids, isNew })
}

/** No compensation: a captured change stays true. */
const captureCustomersStep = createStep(
  "odoo-capture-customers-step",
  async (input: CaptureCustomersInput, { container }) => new StepResponse(await captureCustomers(container, input))
)

export const captureCustomersWorkflowId = "odoo-capture-customers"

/** Compares customers with their snapshots, and writes events for what Odoo has not been told of them. */
export const captureCustomersWorkflow = createWorkflow(captureCustomersWorkflowId, (input: CaptureCustomersInput) => {
  return new WorkflowResponse(captureCustomersStep(input))
})
