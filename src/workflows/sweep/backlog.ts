import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { countBacklog, selectBacklog } from "../../modules/odoo/sql/select-backlog"
import type { RecordKind } from "../../modules/odoo/types"
import type { Position } from "../../wire/list"
import { lookAt } from "../capture/capture-records"
import type { RecordSource } from "../capture/record-source"
import { SOURCES } from "../capture/record-sources"
import { noteBaseline } from "./baseline"
import { allOrEach } from "./all-or-each"

const PAGE = 100

export type BacklogInput = {
  /** records made before are left alone */
  since: Date
  kinds: readonly RecordKind[]
  /** only counts */
  dryRun: boolean
  onProgress?: (progress: BacklogProgress) => void
}

/**
 * How many records were looked at of how many that Odoo was not told of, for how many an event was written, and how many
 * could not be read.
 */
export type BacklogProgress = { kind: RecordKind; done: number; written: number; failed: number; total: number }

/**
 * Writes the events of a page. A record that changes between being read and being written is read anew: its event would
 * otherwise tell of it as it was, behind one that tells of the change.
 */
async function announce(container: MedusaContainer, source: RecordSource, ids: readonly string[], progress: BacklogProgress) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  for (let open = ids; open.length > 0; ) {
    const looks = await lookAt(container, source, open)
    const overtaken: string[] = []
    for (const { state, event } of await source.readCreated(container, looks.filter(({ known }) => known?.is_announced === false))) {
      const version = looks.find(({ id }) => id === state.record_id)?.known?.version ?? null
      if (await odoo.capture({ state, version, changed: true, event })) {
        progress.written += 1
      } else {
        overtaken.push(state.record_id)
      }
    }
    open = overtaken
  }
}

async function sendKind(container: MedusaContainer, source: RecordSource, input: BacklogInput): Promise<BacklogProgress> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const sweep = await odoo.sweepOf(source.kind)
  if (sweep?.baseline_done_at === null) {
    await noteBaseline(container, source, sweep)
  }
  const total = await countBacklog(db, source.kind, input.since)
  const progress: BacklogProgress = { kind: source.kind, done: 0, written: 0, failed: 0, total }
  let after: Position | null = null
  while (!input.dryRun) {
    const page: Position[] = await selectBacklog(db, source.kind, { since: input.since, after, limit: PAGE })
    progress.failed += await allOrEach(container, source.kind, page.map(({ id }) => id), (ids) =>
      announce(container, source, ids, progress)
    )
    progress.done += page.length
    if (page.length > 0) {
      input.onProgress?.({ ...progress })
    }
    if (page.length < PAGE) {
      break
    }
    after = page.at(-1) ?? null
  }
  return progress
}

/**
 * Writes the events that records from before the plugin were created, the oldest first, so that Odoo is told of them as
 * of new ones. Left alone are those that Odoo has already, those that were told before, and canceled orders; so it can be
 * repeated, and goes on where it was broken off.
 */
export async function sendBacklog(container: MedusaContainer, input: BacklogInput): Promise<BacklogProgress[]> {
  const results: BacklogProgress[] = []
  for (const source of SOURCES.filter(({ kind }) => input.kinds.includes(kind))) {
    results.push(await sendKind(container, source, input))
  }
  return results
}
