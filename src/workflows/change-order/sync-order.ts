import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { linkRecordWorkflow, type LinkRecordInput } from "../link-record/link-record"
import { underOrderLock } from "../../locks/order-lock"

export type SyncOrderInput = Omit<LinkRecordInput, "kind" | "recordId"> & { orderId: string }

/** No compensation: where the metadata can not be written, the link in the plugin's table is still right. */
const syncOrderStep = createStep("odoo-sync-order-step", async ({ orderId, ...said }: SyncOrderInput, { container }) => {
  const { result: link } = await underOrderLock(container, orderId, () =>
    linkRecordWorkflow(container).run({ input: { ...said, kind: "order", recordId: orderId } })
  )
  return new StepResponse(link)
})

export const syncOrderWorkflowId = "odoo-sync-order"

/** Links an order to a sale order, under the order's lock (contract 3). */
export const syncOrderWorkflow = createWorkflow(syncOrderWorkflowId, (input: SyncOrderInput) => {
  return new WorkflowResponse(syncOrderStep(input))
})
