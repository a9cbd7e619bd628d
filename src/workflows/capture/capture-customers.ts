import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { captureRecords } from "./capture-records"
import { customerSource } from "./customer-source"

/** `isNew` says that the customers were made or have bought just now: a visitor who only has a cart is not told of. */
export type CaptureCustomersInput = { ids: string[]; isNew?: boolean }

/** There is nothing to undo: what a customer told us stays true. */
const captureCustomersStep = createStep(
  "odoo-capture-customers-step",
  async ({ ids, isNew = false }: CaptureCustomersInput, { container }) =>
    new StepResponse(await captureRecords(container, customerSource, { ids, isNew, certain: isNew }))
)

export const captureCustomersWorkflowId = "odoo-capture-customers"

/** Looks at customers that something hinted at, and writes down what Odoo has not been told about them. */
export const captureCustomersWorkflow = createWorkflow(captureCustomersWorkflowId, (input: CaptureCustomersInput) => {
  return new WorkflowResponse(captureCustomersStep(input))
})
