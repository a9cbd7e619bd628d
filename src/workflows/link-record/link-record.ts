import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Link, RecordKind } from "../../modules/odoo/types"
import { WireError } from "../../wire/errors"
import { toOdooId } from "../../wire/odoo-id"
import { mirrorLink } from "./mirror-link"

export type LinkRecordInput = {
  kind: RecordKind
  recordId: string
  odooId: string
  odooName: string | null
  /** when Odoo took the record; null for now, or for the time that stands already */
  syncedAt: Date | string | null
  force: boolean
}

/** The refusal of a second link (contract 3), which names the present one. */
export function linkConflict(kind: RecordKind, present: Pick<Link, "odoo_id" | "odoo_name"> | undefined): WireError {
  const odooId = present === undefined ? null : toOdooId(present.odoo_id)
  return new WireError(
    "CONFLICT",
    `The ${kind} is linked to ${String(odooId)} already. POST /odoo/${kind}s/{id}/synced with force: true replaces it.`,
    { odoo_id: odooId, odoo_name: present?.odoo_name ?? null }
  )
}

/**
 * Writes the link into our table. Its own undo is left out on purpose: should the mirror fail, the link is still
 * what Odoo has told us.
 */
const linkRecordStep = createStep("odoo-link-record-step", async (input: LinkRecordInput, { container }) => {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const link = await odoo.linkRecord({ ...input, syncedAt: input.syncedAt === null ? null : new Date(input.syncedAt) })
  if (link === undefined) {
    const present = (await odoo.linksOf(input.kind, [input.recordId])).get(input.recordId)
    throw linkConflict(input.kind, present)
  }
  return new StepResponse(link)
})

const mirrorLinkStep = createStep(
  "odoo-mirror-link-step",
  async (input: { kind: RecordKind; link: Link }, { container }) => {
    // a workflow engine may have handed the time over as text
    await mirrorLink(container, input.kind, { ...input.link, synced_at: new Date(input.link.synced_at) })
    return new StepResponse(undefined)
  }
)

export const linkRecordWorkflowId = "odoo-link-record"

/** Links an order or a customer to the record that Odoo keeps of it. */
export const linkRecordWorkflow = createWorkflow(linkRecordWorkflowId, (input: LinkRecordInput) => {
  const link = linkRecordStep(input)
  mirrorLinkStep({ kind: input.kind, link })
  return new WorkflowResponse(link)
})
