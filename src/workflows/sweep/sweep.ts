import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import { selectChangedRecords } from "../../modules/odoo/sql/select-changed-records"
import { selectUnmirroredLinks } from "../../modules/odoo/sql/select-unmirrored-links"
import type { Sweep } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"
import type { Position } from "../../wire/list"
import { captureRecords } from "../capture/capture-records"
import type { RecordSource } from "../capture/record-source"
import { SOURCES } from "../capture/record-sources"
import { mirrorLinkUnderLock } from "../link-record/mirror-link"
import { noteToSettle, settleOrders } from "../move-stock/settle-order"
import { noteBaseline } from "./baseline"
import { allOrEach } from "./all-or-each"

const PAGE = 100

/**
 * How far a sweep looks back beyond the one before. A change has the time at which its statement ran, and can be seen
 * only when its transaction has ended.
 */
const OVERLAP_MS = 10 * 60_000

/** How often everything is compared, not only what changed lately. */
const RECONCILE_EVERY_MS = 24 * 60 * 60_000

/** How many events were written for what no hint had told, and how many records could not be read. */
export type SweepResult = { captured: number; failed: number }

/** Captures what changed since a time, or everything that is not as it was last seen. */
async function captureChanged(container: MedusaContainer, source: RecordSource, from: Date | null): Promise<SweepResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const result: SweepResult = { captured: 0, failed: 0 }
  let after: Position | null = null
  for (;;) {
    const page: Position[] = await selectChangedRecords(db, source.kind, { from, after, limit: PAGE })
    result.failed += await allOrEach(container, source.kind, page.map(({ id }) => id), async (ids) => {
      // noted before the order is known to be as it is: what was not settled then is found again
      const unsettled = source.kind === "order" ? await noteToSettle(container, ids) : []
      result.captured += (await captureRecords(container, source, { ids })).captured
      await settleOrders(container, unsettled)
    })
    if (page.length < PAGE) {
      return result
    }
    after = page.at(-1) ?? null
    await odoo.holdSweep(source.kind)
  }
}

/** Shows links in the records' metadata where that was not done when they were made. */
async function repairMirrors(container: MedusaContainer, source: RecordSource, from: Date | null): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  for (const link of await selectUnmirroredLinks(db, source.kind, from, PAGE)) {
    await mirrorLinkUnderLock(container, source.kind, link).catch((error: unknown) => {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`odoo: ${source.kind} ${link.record_id} is linked, but its metadata does not say so: ${describeError(error)}`)
    })
  }
}

async function sweepRecords(container: MedusaContainer, source: RecordSource, sweep: Sweep): Promise<SweepResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  if (sweep.baseline_done_at === null) {
    await noteBaseline(container, source, sweep)
  }
  const age = sweep.reconciled_at === null ? Infinity : sweep.started_at.getTime() - sweep.reconciled_at.getTime()
  const reconciles = age >= RECONCILE_EVERY_MS
  const from = reconciles ? null : new Date(sweep.swept_until.getTime() - OVERLAP_MS)
  const result = await captureChanged(container, source, from)
  await repairMirrors(container, source, from)
  await odoo.settleSweep(source.kind, sweep, reconciles)
  return result
}

const underWay = new WeakSet<OdooOptions>()

/**
 * Looks for what no hint told: an event that was lost, a process that died before it could look, changes made while the
 * plugin was not running. What was there before the plugin is noted first, without being sent. Each kind of record is
 * swept by one of all instances, when its sweep is due; a sweep that broke off goes on within half a minute.
 */
export async function sweepDue(container: MedusaContainer): Promise<SweepResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const total: SweepResult = { captured: 0, failed: 0 }
  if (underWay.has(odoo.options)) {
    return total
  }
  underWay.add(odoo.options)
  try {
    for (const source of SOURCES) {
      const sweep = await odoo.takeSweep(source.kind)
      if (sweep !== undefined) {
        const { captured, failed } = await sweepRecords(container, source, sweep)
        total.captured += captured
        total.failed += failed
      }
    }
    return total
  } finally {
    underWay.delete(odoo.options)
  }
}
