import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { sweepDue } from "./sweep"

/** There is nothing to undo: what was found stays true. */
const sweepStep = createStep("odoo-sweep-step", async (_input: undefined, { container }) => {
  return new StepResponse(await sweepDue(container))
})

export const sweepWorkflowId = "odoo-sweep"

/** Looks for orders and customers that changed and that no event told of, where a sweep is due. */
export const sweepWorkflow = createWorkflow(sweepWorkflowId, () => {
  return new WorkflowResponse(sweepStep())
})
