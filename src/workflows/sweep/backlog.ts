import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { countBacklog, selectBacklog, type BacklogDestination } from "../../read-model/record-sources/select-backlog"
import type { KnownSnapshot, RecordKind } from "../../modules/odoo/types"
import { recordTypes, type RecordType } from "../../records"
import type { Position } from "../../wire/list"
import { recordsToCompare } from "../capture/capture-records"
import { recordsWithNamedLinks, takeOverNamedLinks } from "../../links/named-links"
import { destinationOfBacklog } from "./backlog-destination"
import { noteBaseline } from "./baseline"
import { batchThenIndividually } from "./batch-then-individually"

const PAGE = 100

export type BacklogInput = {
  /** records created before this time are left out */
  since: Date
  kinds: readonly RecordKind[]
  /** whether to count only, and write nothing */
  dryRun: boolean
  /** the id of the only destination that is told; where it is missing, one destination at most may ask for each kind */
  destination?: string | undefined
  onProgress?: (progress: BacklogProgress) => void
}

/**
 * The progress for one kind: `done` of `total` records were read, `written` events were written, and `failed` records could not
 * be read.
 */
export type BacklogProgress = { kind: RecordKind; done: number; written: number; failed: number; total: number }

/** A backlog that is being sent: to whom, and how far it is. */
type Sending = { destination: BacklogDestination | undefined; progress: BacklogProgress }

/** Whether the destination was told of a record; without a destination, whether anybody was. */
const wasTold = ({ is_announced: isAnnounced, announced_to: announcedTo }: KnownSnapshot, destination: BacklogDestination | undefined) =>
  destination === undefined ? isAnnounced : announcedTo.includes(destination.id)

/**
 * Writes the events of a page of records. A record that changes between reading and writing is read again: otherwise its event
 * would tell an old state after the event that tells the change, and two commands at the same time would both tell of it.
 */
async function announce(container: MedusaContainer, type: RecordType, ids: readonly string[], { destination, progress }: Sending) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  for (let open = ids; open.length > 0; ) {
    const records = await recordsToCompare(container, type, open)
    const overtaken: string[] = []
    const untold = records.filter(({ known }) => known !== undefined && !wasTold(known, destination))
    for (const { seen, event } of await type.readCreated(container, untold)) {
      const version = records.find(({ id }) => id === seen.record_id)?.known?.version ?? null
      const { isWritten, isTold } = await odoo.snapshots.capture({ seen, version, changed: true, event, destination: destination?.id })
      if (!isWritten) {
        overtaken.push(seen.record_id)
      }
      // not told where the destination has stopped asking meanwhile
      progress.written += Number(isTold)
    }
    open = overtaken
  }
}

async function sendKind(
  container: MedusaContainer,
  type: RecordType,
  input: BacklogInput,
  destination: BacklogDestination | undefined
): Promise<BacklogProgress> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const sweep = await odoo.sweeps.of(type.kind)
  if (sweep?.baseline_done_at === null) {
    await noteBaseline(container, type, sweep)
  }
  if (!input.dryRun) {
    await takeOverNamedLinks(container, type.kind, await recordsWithNamedLinks(container, type.kind))
  }
  const total = await countBacklog(db, type.source, input.since, destination)
  const progress: BacklogProgress = { kind: type.kind, done: 0, written: 0, failed: 0, total }
  let after: Position | null = null
  while (!input.dryRun) {
    const page: Position[] = await selectBacklog(db, type.source, { since: input.since, after, limit: PAGE, destination })
    progress.failed += await batchThenIndividually(container, type.kind, page.map(({ id }) => id), (ids) =>
      announce(container, type, ids, { destination, progress })
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
 * Writes `<kind>.created` events for records that were there before, the oldest first: before the plugin, or with a destination,
 * before that destination. Records that Odoo has already, records with such an event, and canceled orders are left out. So the call
 * can be repeated after an interruption.
 * @throws WireError `NOT_FOUND` for an unknown destination, and `CONFLICT` where no destination asks for these events, or several
 *   do and none is named
 */
export async function sendBacklog(container: MedusaContainer, input: BacklogInput): Promise<BacklogProgress[]> {
  const destinations = await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.destinations()
  const destination = destinationOfBacklog(destinations, input.kinds, input.destination)
  const results: BacklogProgress[] = []
  for (const type of recordTypes().filter(({ kind }) => input.kinds.includes(kind))) {
    results.push(await sendKind(container, type, input, destination))
  }
  return results
}
