import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { countBacklog, selectBacklog } from "../../read-model/record-sources/select-backlog"
import type { RecordKind } from "../../modules/odoo/types"
import { recordTypes, type RecordType } from "../../records"
import { WireError } from "../../wire/errors"
import type { Position } from "../../wire/list"
import { recordsToCompare } from "../capture/capture-records"
import { recordsWithNamedLinks, takeOverNamedLinks } from "../../links/named-links"
import { noteBaseline } from "./baseline"
import { batchThenIndividually } from "./batch-then-individually"

const PAGE = 100

export type BacklogInput = {
  /** records created before this time are left out */
  since: Date
  kinds: readonly RecordKind[]
  /** whether to count only, and write nothing */
  dryRun: boolean
  onProgress?: (progress: BacklogProgress) => void
}

/**
 * The progress for one kind: `done` of `total` records were read, `written` events were written, and `failed` records could not
 * be read.
 */
export type BacklogProgress = { kind: RecordKind; done: number; written: number; failed: number; total: number }

/**
 * Writes the events of a page of records. A record that changes between reading and writing is read again: otherwise its event
 * would tell an old state after the event that tells the change.
 */
async function announce(container: MedusaContainer, type: RecordType, ids: readonly string[], progress: BacklogProgress) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  for (let open = ids; open.length > 0; ) {
    const records = await recordsToCompare(container, type, open)
    const overtaken: string[] = []
    for (const { seen, event } of await type.readCreated(container, records.filter(({ known }) => known?.is_announced === false))) {
      const version = records.find(({ id }) => id === seen.record_id)?.known?.version ?? null
      const { isWritten } = await odoo.snapshots.capture({ seen, version, changed: true, event })
      if (isWritten) {
        progress.written += 1
      } else {
        overtaken.push(seen.record_id)
      }
    }
    open = overtaken
  }
}

async function sendKind(container: MedusaContainer, type: RecordType, input: BacklogInput): Promise<BacklogProgress> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const sweep = await odoo.sweeps.of(type.kind)
  if (sweep?.baseline_done_at === null) {
    await noteBaseline(container, type, sweep)
  }
  if (!input.dryRun) {
    await takeOverNamedLinks(container, type.kind, await recordsWithNamedLinks(container, type.kind))
  }
  const total = await countBacklog(db, type.source, input.since)
  const progress: BacklogProgress = { kind: type.kind, done: 0, written: 0, failed: 0, total }
  let after: Position | null = null
  while (!input.dryRun) {
    const page: Position[] = await selectBacklog(db, type.source, { since: input.since, after, limit: PAGE })
    progress.failed += await batchThenIndividually(container, type.kind, page.map(({ id }) => id), (ids) =>
      announce(container, type, ids, progress)
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

/** @throws WireError `CONFLICT` where no destination asks for the event `<kind>.created` */
async function requireAsked(container: MedusaContainer, kinds: readonly RecordKind[]): Promise<void> {
  const destinations = await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.destinations()
  const asked = new Set(destinations.flatMap(({ events }) => events))
  const unasked = kinds.map((kind) => `${kind}.created`).filter((name) => !asked.has(name))
  if (unasked.length > 0) {
    throw new WireError(
      "CONFLICT",
      `${unasked.join(" and ")} would not be sent: webhook.events and webhook.urls do not ask for it. Add it there, or send the others alone (--only).`
    )
  }
}

/**
 * Writes `<kind>.created` events for records that are older than the plugin, the oldest first. Records that Odoo has already,
 * records with such an event, and canceled orders are left out. So the call can be repeated after an interruption.
 * @throws WireError `CONFLICT` where no destination asks for these events
 */
export async function sendBacklog(container: MedusaContainer, input: BacklogInput): Promise<BacklogProgress[]> {
  await requireAsked(container, input.kinds)
  const results: BacklogProgress[] = []
  for (const type of recordTypes().filter(({ kind }) => input.kinds.includes(kind))) {
    results.push(await sendKind(container, type, input))
  }
  return results
}
