import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { captureRecords, type CaptureResult } from "./capture-records"
import { customerSource } from "./customer-source"

/** `isNew` says that the customers were made or have bought just now: a visitor who only has a cart is not told of. */
export type CaptureCustomersInput = { ids: string[]; isNew?: boolean }

/** Writes down what Odoo has not been told about these customers. */
export async function captureCustomers(container: MedusaContainer, { ids, isNew = false }: CaptureCustomersInput): Promise<CaptureResult> {
  return await captureRecords(container, customerSource, { ids, isNew, certain: isNew })
}

/** There is nothing to undo: what a customer told us stays true. */
const captureCustomersStep = createStep(
  "odoo-capture-customers-step",
  async (input: CaptureCustomersInput, { container }) => new StepResponse(await captureCustomers(container, input))
)

export const captureCustomersWorkflowId = "odoo-capture-customers"

/** Looks at customers that something hinted at, and writes down what Odoo has not been told about them. */
export const captureCustomersWorkflow = createWorkflow(captureCustomersWorkflowId, (input: CaptureCustomersInput) => {
  return new WorkflowResponse(captureCustomersStep(input))
})
