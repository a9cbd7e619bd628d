import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { sweepDue } from "./sweep"

/** No compensation: captured changes stay true. */
const sweepStep = createStep("odoo-sweep-step", async (_input: undefined, { container }) => {
  return new StepResponse(await sweepDue(container))
})

export const sweepWorkflowId = "odoo-sweep"

/** Runs the due sweeps: they capture changes of records for which no event of Medusa was handled. */
export const sweepWorkflow = createWorkflow(sweepWorkflowId, () => {
  return new WorkflowResponse(sweepStep())
})
