import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { dispatchDue } from "../../outbox/dispatcher"
// registers the targets: Medusa loads the workflows wherever the plugin runs
import "../../targets"

/** Sends due deliveries. No compensation: a sent event can not be taken back. */
const deliverEventsStep = createStep("odoo-deliver-events-step", async (_input: undefined, { container }) => {
  return new StepResponse(await dispatchDue(container))
})

export const deliverEventsWorkflowId = "odoo-deliver-events"

/** Sends every delivery that is due, judges the answers and links the records. */
export const deliverEventsWorkflow = createWorkflow(deliverEventsWorkflowId, () => {
  return new WorkflowResponse(deliverEventsStep())
})
