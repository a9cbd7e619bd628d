import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { isLinkMetadata } from "../../wire/order-document"
import type { PatchOrderBody } from "../../wire/schemas/orders"
import { linkRecordWorkflow } from "../link-record/link-record"
import { changeStatus } from "./change-status"
import { notingRefusal } from "./note-refusal"
import { underOrderLock } from "./order-lock"
import { presentLink } from "./present-link"
import { readStanding } from "./standing"
import { asToldByOdoo, TOLD_BY_CANCELING } from "./told-by-odoo"
import { writeMetadata } from "./write-metadata"

export type PatchOrderInput = PatchOrderBody & { orderId: string }

/** Notes Odoo's status in the link, or, as long as there is none, in the metadata. */
async function noteStatus(container: MedusaContainer, orderId: string, status: string): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const linked = await odoo.noteOdooStatus("order", orderId, status)
  await writeMetadata(container, orderId, { odoo_status: linked ? null : status })
}

/** The status comes first: it is what Medusa may refuse, and then nothing else may have been written. */
async function patchOrder(container: MedusaContainer, input: PatchOrderInput): Promise<void> {
  const { orderId, status, odoo_order_id: odooId, odoo_status: odooStatus, metadata = {} } = input
  const link = await presentLink(container, orderId, odooId)
  if (status !== undefined) {
    const standing = await readStanding(container, orderId)
    await asToldByOdoo(container, orderId, status === "canceled" ? TOLD_BY_CANCELING : [`status=${status}`], () => changeStatus(container, standing, status))
  }
  if (odooId !== undefined && link === null) {
    await linkRecordWorkflow(container).run({
      input: { kind: "order", recordId: orderId, odooId, odooName: null, syncedAt: null, force: false },
    })
  }
  const changes = Object.entries(metadata).filter(([key]) => !isLinkMetadata(key))
  if (changes.length > 0) {
    await writeMetadata(container, orderId, Object.fromEntries(changes))
  }
  if (odooStatus !== undefined) {
    await noteStatus(container, orderId, odooStatus)
  }
}

/** There is nothing to undo: the one thing that can be refused is done before anything else. */
const patchOrderStep = createStep("odoo-patch-order-step", async (input: PatchOrderInput, { container }) => {
  const patch = () => underOrderLock(container, input.orderId, () => patchOrder(container, input))
  await (input.status === undefined ? patch() : notingRefusal(container, input.orderId, `PATCH status=${input.status}`, patch))
  return new StepResponse(undefined)
})

export const patchOrderWorkflowId = "odoo-patch-order"

/** Writes back to an order what Odoo says of it: status, link, Odoo's own status, metadata (contract 3). */
export const patchOrderWorkflow = createWorkflow(patchOrderWorkflowId, (input: PatchOrderInput) => {
  return new WorkflowResponse(patchOrderStep(input))
})
