import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { linkInMetadata, type NamedLink } from "../../wire/named-link"
import { isLinkMetadata } from "../../wire/order-document"
import type { PatchOrderBody } from "../../wire/schemas/orders"
import { linkRecordWorkflow } from "../link-record/link-record"
import { changeStatus } from "./change-status"
import { notingRefusal } from "./note-refusal"
import { underOrderLock } from "../../locks/order-lock"
import { presentLink } from "./present-link"
import { readLifecycle } from "./order-lifecycle"
import { withEchoSuppressed, ECHOES_OF_CANCELING } from "./echo-suppression"
import { writeMetadata } from "./write-metadata"

export type PatchOrderInput = PatchOrderBody & { orderId: string }

/** Writes Odoo's status into the link, or, as long as the order has no link, into the metadata. */
async function noteStatus(container: MedusaContainer, orderId: string, status: string): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const linked = await odoo.links.noteStatus("order", orderId, status)
  await writeMetadata(container, orderId, { odoo_status: linked ? null : status })
}

/** The link that a request names: in `odoo_order_id`, or else in the metadata, as older programs do (contract 3). */
const namedLink = ({ odoo_order_id: odooId, metadata = {} }: PatchOrderInput): NamedLink | null =>
  odooId === undefined ? linkInMetadata("order", metadata) : { odooId, odooName: null, syncedAt: null }

/** Applies a patch. The status comes first, because Medusa may refuse it, and then nothing else may have been written. */
async function patchOrder(container: MedusaContainer, input: PatchOrderInput): Promise<void> {
  const { orderId, status, odoo_status: odooStatus, metadata = {} } = input
  const named = namedLink(input)
  const link = await presentLink(container, orderId, named?.odooId)
  if (status !== undefined) {
    const lifecycle = await readLifecycle(container, orderId)
    await withEchoSuppressed(container, orderId, status === "canceled" ? ECHOES_OF_CANCELING : [`status=${status}`], () => changeStatus(container, lifecycle, status))
  }
  if (named !== null && (link === null || named.odooName !== null)) {
    await linkRecordWorkflow(container).run({ input: { kind: "order", recordId: orderId, ...named, force: false } })
  }
  const changes = Object.entries(metadata).filter(([key]) => !isLinkMetadata(key))
  if (changes.length > 0) {
    await writeMetadata(container, orderId, Object.fromEntries(changes))
  }
  if (odooStatus !== undefined) {
    await noteStatus(container, orderId, odooStatus)
  }
}

/** No compensation: the only change that can be refused is made first. */
const patchOrderStep = createStep("odoo-patch-order-step", async (input: PatchOrderInput, { container }) => {
  const patch = () => underOrderLock(container, input.orderId, () => patchOrder(container, input))
  await (input.status === undefined ? patch() : notingRefusal(container, input.orderId, `PATCH status=${input.status}`, patch))
  return new StepResponse(undefined)
})

export const patchOrderWorkflowId = "odoo-patch-order"

/** Writes members of an order that Odoo's side sends: status, link, Odoo's own status, metadata (contract 3). */
export const patchOrderWorkflow = createWorkflow(patchOrderWorkflowId, (input: PatchOrderInput) => {
  return new WorkflowResponse(patchOrderStep(input))
})
