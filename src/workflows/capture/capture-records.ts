import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectSourceVersions } from "../../read-model/record-sources/select-source-versions"
import type { Compared, Sweep } from "../../modules/odoo/types"
import type { RecordToCompare, RecordType } from "../../records"
import { currentContext } from "../../utils/change-context"
import { pickInOrder } from "../../utils/pick-in-order"
import type { ChangeContext } from "../../wire/origin"

type CaptureInput = { ids: readonly string[]; isNew?: boolean; context?: ChangeContext }

/** How many events were written. */
export type CaptureResult = { captured: number }

/** A record is compared again when another process has captured it meanwhile. So many rounds in a row are a fault. */
const MAX_ROUNDS = 20

/** Whether a record without a snapshot is older than the plugin: then only its snapshot is written. */
const isFromBefore = (sweep: Sweep | undefined, createdAt: Date) =>
  sweep !== undefined && sweep.baseline_done_at === null && createdAt < sweep.installed_at

/**
 * Selects those of these records that Odoo is told of, with the versions of their rows, in the order of `ids`. The versions are
 * read before the rows, so that a change in between is found later.
 * @param certain true to tell Odoo of all of them; false to leave out records without a snapshot that are not confirmed
 */
export async function recordsToCompare(container: MedusaContainer, type: RecordType, ids: readonly string[], certain = true) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const known = await odoo.snapshots.of(type.kind, ids)
  const rows = await selectSourceVersions(db, type.source, ids, certain ? ids : [...known.keys()])
  const records = rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    sourceVersion: row.source_version,
    known: known.get(row.id),
  }))
  return pickInOrder(ids, records)
}

/** Compares records once, and writes the differences. @returns the ids of records that another process captured meanwhile */
async function captureOnce(
  container: MedusaContainer,
  type: RecordType,
  records: readonly (RecordToCompare & { createdAt: Date })[],
  { isNew, context, result }: { isNew: boolean; context: ChangeContext; result: CaptureResult }
): Promise<string[]> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const hasUnknown = records.some(({ known }) => known === undefined)
  const sweep = hasUnknown && !isNew ? await odoo.sweeps.of(type.kind) : undefined
  const earlier = records.filter(({ known, createdAt }) => known === undefined && isFromBefore(sweep, createdAt))
  await odoo.snapshots.noteBaseline(await type.readSnapshots(container, earlier))
  const observed = await type.observe(container, records.filter((record) => !earlier.includes(record)))
  const overtaken: string[] = []
  const unchanged: Compared[] = []
  for (const observation of observed) {
    const { seen, version, changed } = observation
    if (!changed && version !== null) {
      unchanged.push({ id: seen.record_id, version, sourceVersion: seen.source_version })
    } else {
      const { isWritten, isTold } = await odoo.snapshots.capture(observation, context)
      if (!isWritten) {
        overtaken.push(seen.record_id)
      }
      result.captured += Number(isTold)
    }
  }
  const noted = new Set(await odoo.snapshots.noteCompared(type.kind, unchanged))
  return [...overtaken, ...unchanged.flatMap(({ id }) => (noted.has(id) ? [] : [id]))]
}

/**
 * Compares records with their snapshots, and writes events for the differences. A record that another process captured
 * meanwhile is compared again, so that the old and new values of every event are true.
 * @param input.certain false to leave out records without a snapshot that are not confirmed
 * @param input.isNew true for records that were created just now, whatever their `created_at` says
 * @param input.context from where a change comes
 */
export async function captureRecords(
  container: MedusaContainer,
  type: RecordType,
  { ids, isNew = false, certain = true, context = currentContext() }: CaptureInput & { certain?: boolean }
): Promise<CaptureResult> {
  const result: CaptureResult = { captured: 0 }
  let open: string[] = [...new Set(ids)]
  for (let rounds = 0; open.length > 0; rounds += 1) {
    if (rounds === MAX_ROUNDS) {
      throw new Error(`${type.kind}s that are changed faster than they can be compared: ${open.slice(0, 5).join(", ")}`)
    }
    open = await captureOnce(container, type, await recordsToCompare(container, type, open, certain), { isNew, context, result })
  }
  return result
}

/** Captures records that an event of Medusa hints at. For some record types a hint alone does not show that a record counts. */
export async function captureHinted(
  container: MedusaContainer,
  type: RecordType,
  input: CaptureInput
): Promise<CaptureResult> {
  return await captureRecords(container, type, { ...input, certain: input.isNew === true || type.hintsAreProof })
}
