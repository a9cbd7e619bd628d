import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import { selectChangedRecords } from "../../read-model/record-sources/select-changed-records"
import { selectUnmirroredLinks } from "../../read-model/record-sources/select-unmirrored-links"
import type { Sweep } from "../../modules/odoo/types"
import { recordTypes, type RecordType } from "../../records"
import { orderType } from "../../records/order"
import type { Position } from "../../wire/list"
import { captureRecords } from "../capture/capture-records"
import { mirrorLinkUnderLock, mirrorOrLog } from "../../links/mirror-link"
import { recordsWithNamedLinks, takeOverNamedLinks } from "../../links/named-links"
import { markForReconciliation, reconcileOrders } from "../move-stock/reconcile-order-stock"
import { noteBaseline } from "./baseline"
import { batchThenIndividually } from "./batch-then-individually"

const PAGE = 100

/**
 * How far a sweep reads back before the end of the previous one. A change has the time of its SQL statement, and becomes visible
 * only when its transaction ends.
 */
const OVERLAP_MS = 10 * 60_000

/** How often all records are compared, and not only those that changed lately. */
const RECONCILE_EVERY_MS = 24 * 60 * 60_000

/** How many events were written, and how many records could not be read. */
export type SweepResult = { captured: number; failed: number }

/** Captures records that changed since a time, or, for null, all records that differ from their snapshots. */
async function captureChanged(container: MedusaContainer, type: RecordType, from: Date | null): Promise<SweepResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const result: SweepResult = { captured: 0, failed: 0 }
  let after: Position | null = null
  for (;;) {
    const page: Position[] = await selectChangedRecords(db, type.source, { from, after, limit: PAGE })
    result.failed += await batchThenIndividually(container, type.kind, page.map(({ id }) => id), async (ids) => {
      // marked before the order is captured: the job finds a marked order should this process die
      await takeOverNamedLinks(container, type.kind, ids)
      const marked = type === orderType ? await markForReconciliation(container, ids) : []
      result.captured += (await captureRecords(container, type, { ids, context: "unknown" })).captured
      await reconcileOrders(container, marked)
    })
    if (page.length < PAGE) {
      return result
    }
    after = page.at(-1) ?? null
    await odoo.sweeps.hold(type.kind)
  }
}

/** Writes links into the metadata of records where that failed when the link was made. */
async function repairMirrors(container: MedusaContainer, type: RecordType, from: Date | null): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const links = type.link === undefined ? [] : await selectUnmirroredLinks(db, type.source, from, PAGE)
  for (const link of links) {
    await mirrorOrLog(container, type.kind, link.record_id, () => mirrorLinkUnderLock(container, type.kind, link))
  }
}

/** Takes over links from the metadata of records that were written while the plugin did not run, or by SQL. */
async function linkAllAsNamed(container: MedusaContainer, type: RecordType): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const ids = await recordsWithNamedLinks(container, type.kind)
  for (let start = 0; start < ids.length; start += PAGE) {
    await takeOverNamedLinks(container, type.kind, ids.slice(start, start + PAGE))
    await odoo.sweeps.hold(type.kind)
  }
}

async function sweepRecords(container: MedusaContainer, type: RecordType, sweep: Sweep): Promise<SweepResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  if (sweep.baseline_done_at === null) {
    await noteBaseline(container, type, sweep)
  }
  const age = sweep.reconciled_at === null ? Infinity : sweep.started_at.getTime() - sweep.reconciled_at.getTime()
  const reconciles = age >= RECONCILE_EVERY_MS
  const from = reconciles ? null : new Date(sweep.swept_until.getTime() - OVERLAP_MS)
  if (reconciles) {
    await linkAllAsNamed(container, type)
  }
  const result = await captureChanged(container, type, from)
  await repairMirrors(container, type, from)
  await odoo.sweeps.end(type.kind, sweep, reconciles)
  return result
}

const underWay = new WeakSet<OdooOptions>()

/**
 * Runs the due sweeps. A sweep captures changes that no hint has shown: an event was lost, a process died before it handled the
 * event, or the plugin was not running. The first sweep writes the baseline: snapshots of older records, without telling Odoo.
 * Each kind is swept by one instance at a time. An interrupted sweep is continued within half a minute.
 */
export async function sweepDue(container: MedusaContainer): Promise<SweepResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const total: SweepResult = { captured: 0, failed: 0 }
  if (underWay.has(odoo.options)) {
    return total
  }
  underWay.add(odoo.options)
  try {
    const types = recordTypes()
    await odoo.sweeps.open(types.map(({ kind }) => kind))
    for (const type of types) {
      const sweep = await odoo.sweeps.take(type.kind)
      if (sweep !== undefined) {
        const { captured, failed } = await sweepRecords(container, type, sweep)
        total.captured += captured
        total.failed += failed
      }
    }
    return total
  } finally {
    underWay.delete(odoo.options)
  }
}
