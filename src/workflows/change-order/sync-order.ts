import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { linkRecordWorkflow, type LinkRecordInput } from "../link-record/link-record"
import { underOrderLock } from "./order-lock"

export type SyncOrderInput = Omit<LinkRecordInput, "kind" | "recordId"> & { orderId: string }

/** There is nothing to undo: should the mirror fail, the link is still what Odoo has told us. */
const syncOrderStep = createStep("odoo-sync-order-step", async ({ orderId, ...said }: SyncOrderInput, { container }) => {
  const { result: link } = await underOrderLock(container, orderId, () =>
    linkRecordWorkflow(container).run({ input: { ...said, kind: "order", recordId: orderId } })
  )
  return new StepResponse(link)
})

export const syncOrderWorkflowId = "odoo-sync-order"

/** Links an order to Odoo's while nothing else that Odoo says changes it (contract 3). */
export const syncOrderWorkflow = createWorkflow(syncOrderWorkflowId, (input: SyncOrderInput) => {
  return new WorkflowResponse(syncOrderStep(input))
})
