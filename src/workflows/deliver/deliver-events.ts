import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { drainEvents } from "./drain"

/** Sends what is due. There is nothing to undo: what Odoo has been told can not be untold. */
const deliverEventsStep = createStep("odoo-deliver-events-step", async (_input: undefined, { container }) => {
  return new StepResponse(await drainEvents(container))
})

export const deliverEventsWorkflowId = "odoo-deliver-events"

/** Posts every event that is due to Odoo, judges the answers and links the records. */
export const deliverEventsWorkflow = createWorkflow(deliverEventsWorkflowId, () => {
  return new WorkflowResponse(deliverEventsStep())
})
