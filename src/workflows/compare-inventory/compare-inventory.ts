import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { compareItems, type CompareInventoryInput } from "./compare-items"

/** No compensation: Odoo's counts stay true. */
const compareItemsStep = createStep(
  "odoo-compare-stock-items-step",
  async (input: CompareInventoryInput, { container }) => new StepResponse(await compareItems(container, input))
)

export const compareInventoryWorkflowId = "odoo-compare-inventory"

/** Reports where the shop's stock differs from Odoo's counts, and with `apply` sets it to the counts. */
export const compareInventoryWorkflow = createWorkflow(compareInventoryWorkflowId, (input: CompareInventoryInput) => {
  return new WorkflowResponse(compareItemsStep(input))
})
