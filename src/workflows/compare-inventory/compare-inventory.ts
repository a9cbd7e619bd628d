import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { compareItems, type CompareInventoryInput } from "./compare-items"

/** Nothing is undone when a later step fails: what Odoo has counted stays true. */
const compareItemsStep = createStep(
  "odoo-compare-stock-items-step",
  async (input: CompareInventoryInput, { container }) => new StepResponse(await compareItems(container, input))
)

export const compareInventoryWorkflowId = "odoo-compare-inventory"

/** Says where the shop's stock differs from Odoo's counts, and sets it to them where that is asked for. */
export const compareInventoryWorkflow = createWorkflow(compareInventoryWorkflowId, (input: CompareInventoryInput) => {
  return new WorkflowResponse(compareItemsStep(input))
})
