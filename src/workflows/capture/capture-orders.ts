import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { readOrders } from "../../queries/read-orders"
import { eventBody } from "../../wire/events"

export type CaptureOrdersInput = { ids: string[] }

/** How many events were written. */
export type CaptureResult = { captured: number }

/**
 * Notes each order that was not seen before, with its event, in one transaction. There is nothing to undo: what an
 * order told us stays true.
 */
const captureOrdersStep = createStep("odoo-capture-orders-step", async (input: CaptureOrdersInput, { container }) => {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  let captured = 0
  for (const order of await readOrders(container, input.ids)) {
    const written = await odoo.captureNew(
      {
        record_kind: "order",
        record_id: order.id,
        status: order.status,
        fulfillment_status: order.fulfillment_status,
        payment_status: order.payment_status,
      },
      { name: "order.created", body: eventBody("order.created", { order }, new Date()) }
    )
    captured += written === null ? 0 : 1
  }
  return new StepResponse<CaptureResult>({ captured })
})

export const captureOrdersWorkflowId = "odoo-capture-orders"

/** Looks at orders that something hinted at, and writes down what Odoo has not been told about them. */
export const captureOrdersWorkflow = createWorkflow(captureOrdersWorkflowId, (input: CaptureOrdersInput) => {
  return new WorkflowResponse(captureOrdersStep(input))
})
