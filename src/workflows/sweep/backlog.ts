import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { countBacklog, selectBacklog } from "../../modules/odoo/sql/select-backlog"
import type { RecordKind } from "../../modules/odoo/types"
import type { Position } from "../../wire/list"
import { lookAt } from "../capture/capture-records"
import type { RecordSource } from "../capture/record-source"
import { noteBaseline } from "./baseline"
import { RECORD_SOURCES } from "./sweep"

const PAGE = 100

export type BacklogInput = {
  /** records made before are left alone */
  since: Date
  kinds: readonly RecordKind[]
  /** only counts */
  dryRun: boolean
  onProgress?: (progress: BacklogProgress) => void
}

/** How many of how many events are written. */
export type BacklogProgress = { kind: RecordKind; written: number; total: number }

async function sendOne(container: MedusaContainer, source: RecordSource, input: BacklogInput): Promise<BacklogProgress> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const sweep = await odoo.sweepOf(source.kind)
  if (sweep?.baseline_done_at === null) {
    await noteBaseline(container, source, sweep)
  }
  const progress = { kind: source.kind, written: 0, total: await countBacklog(db, source.kind, input.since) }
  let after: Position | null = null
  while (!input.dryRun) {
    const page: Position[] = await selectBacklog(db, source.kind, { since: input.since, after, limit: PAGE })
    const looks = await lookAt(container, source, page.map(({ id }) => id))
    for (const { state, event } of await source.readCreated(container, looks)) {
      progress.written += (await odoo.announce(state, event)) ? 1 : 0
    }
    input.onProgress?.({ ...progress })
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
 * @returns of each kind how many there were, and how many events were written
 */
export async function sendBacklog(container: MedusaContainer, input: BacklogInput): Promise<BacklogProgress[]> {
  const results: BacklogProgress[] = []
  for (const source of RECORD_SOURCES.filter(({ kind }) => input.kinds.includes(kind))) {
    results.push(await sendOne(container, source, input))
  }
  return results
}
