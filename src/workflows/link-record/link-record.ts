import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Link, RecordKind } from "../../modules/odoo/types"
import { WireError } from "../../wire/errors"
import { toOdooId } from "../../wire/odoo-id"
import { mirrorAhead, mirrorLink } from "../../links/mirror-link"
import { linkAsNamed } from "../../links/named-links"

export type LinkRecordInput = {
  kind: RecordKind
  recordId: string
  odooId: string
  odooName: string | null
  /** when Odoo took over the record; null keeps the present time of the link, or means now */
  syncedAt: Date | string | null
  force: boolean
}

/** The error for a second link (contract 3). It names the present link. */
export function linkConflict(kind: RecordKind, present: Pick<Link, "odoo_id" | "odoo_name"> | undefined): WireError {
  const odooId = present === undefined ? null : toOdooId(present.odoo_id)
  return new WireError(
    "CONFLICT",
    `The ${kind} is linked to ${String(odooId)} already. POST /odoo/${kind}s/{id}/synced with force: true replaces it.`,
    { odoo_id: odooId, odoo_name: present?.odoo_name ?? null }
  )
}

/**
 * Writes the link into the plugin's table. A link in the record's metadata is taken over first, because it is older: the new
 * link then needs `force`. No compensation: where writing the metadata fails, the link in the table is still right.
 */
const linkRecordStep = createStep("odoo-link-record-step", async (input: LinkRecordInput, { container }) => {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  await linkAsNamed(container, input.kind, [input.recordId])
  const before = (await odoo.links.of(input.kind, [input.recordId])).get(input.recordId)
  if (input.force && before !== undefined && before.odoo_id !== input.odooId) {
    await mirrorAhead(container, input)
  }
  const link = await odoo.links.link({ ...input, syncedAt: input.syncedAt === null ? null : new Date(input.syncedAt) })
  if (link === undefined) {
    throw linkConflict(input.kind, (await odoo.links.of(input.kind, [input.recordId])).get(input.recordId))
  }
  return new StepResponse(link)
})

const mirrorLinkStep = createStep(
  "odoo-mirror-link-step",
  async (input: { kind: RecordKind; link: Link }, { container }) => {
    // a workflow engine may have turned the time into text
    await mirrorLink(container, input.kind, { ...input.link, synced_at: new Date(input.link.synced_at) })
    return new StepResponse(undefined)
  }
)

export const linkRecordWorkflowId = "odoo-link-record"

/** Links an order or a customer to its record in Odoo. */
export const linkRecordWorkflow = createWorkflow(linkRecordWorkflowId, (input: LinkRecordInput) => {
  const link = linkRecordStep(input)
  mirrorLinkStep({ kind: input.kind, link })
  return new WorkflowResponse(link)
})
