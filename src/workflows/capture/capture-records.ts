import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Compared } from "../../modules/odoo/sql/note-source-marks"
import { selectSourceMarks } from "../../modules/odoo/sql/select-source-marks"
import type { Sweep } from "../../modules/odoo/types"
import { inOrder } from "../../utils/in-order"
import type { Look, RecordSource } from "./record-source"

/** How many events were written. */
export type CaptureResult = { captured: number }

/** Each round that is overtaken means that somebody else has come to an end; so many in a row are a fault. */
const MAX_ROUNDS = 20

/** Whether a record that is not known was made before the plugin, and so is only noted. */
const isFromBefore = (sweep: Sweep | undefined, createdAt: Date) =>
  sweep !== undefined && sweep.baseline_done_at === null && createdAt < sweep.installed_at

/**
 * Takes the marks of those records that Odoo is told of, before anything of them is read; in the order of `ids`.
 * @param certain whether Odoo is told of them in any case, or only where it knows them or they show that they count
 */
export async function lookAt(container: MedusaContainer, source: RecordSource, ids: readonly string[], certain = true) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const known = await odoo.statesOf(source.kind, ids)
  const rows = await selectSourceMarks(db, source.kind, ids, certain ? ids : [...known.keys()])
  return inOrder(ids, rows.map((row) => ({ ...row, known: known.get(row.id) })))
}

/** Compares once, and writes what differs. Gives the records that were overtaken. */
async function round(
  container: MedusaContainer,
  source: RecordSource,
  looks: readonly (Look & { created_at: Date })[],
  { isNew, result }: { isNew: boolean; result: CaptureResult }
): Promise<string[]> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const hasUnknown = looks.some(({ known }) => known === undefined)
  const sweep = hasUnknown && !isNew ? await odoo.sweepOf(source.kind) : undefined
  const earlier = looks.filter(({ known, created_at }) => known === undefined && isFromBefore(sweep, created_at))
  await odoo.noteBaseline(await source.readStates(container, earlier))
  const observed = await source.observe(container, looks.filter((look) => !earlier.includes(look)))
  const overtaken: string[] = []
  const unchanged: Compared[] = []
  for (const { state, version, changed, event } of observed) {
    if (!changed && version !== null) {
      unchanged.push({ id: state.record_id, version, mark: state.source_mark })
    } else if (!(await odoo.capture({ state, version, changed, event }))) {
      overtaken.push(state.record_id)
    } else if (event !== null) {
      result.captured += 1
    }
  }
  const noted = new Set(await odoo.noteCompared(source.kind, unchanged))
  return [...overtaken, ...unchanged.flatMap(({ id }) => (noted.has(id) ? [] : [id]))]
}

/**
 * Compares records with how they were last seen, and writes down what Odoo has not been told of them. A record that
 * somebody else has looked at in the meantime is compared anew: what is written first was also read first, so that
 * old and new values are true, whoever comes when.
 * @param input.certain false for those of which it is not known whether Odoo is to be told of them at all
 * @param input.isNew says that these records were made just now, whatever their time of creation says
 */
export async function captureRecords(
  container: MedusaContainer,
  source: RecordSource,
  { ids, isNew = false, certain = true }: { ids: readonly string[]; isNew?: boolean; certain?: boolean }
): Promise<CaptureResult> {
  const result: CaptureResult = { captured: 0 }
  let open: string[] = [...new Set(ids)]
  for (let rounds = 0; open.length > 0; rounds += 1) {
    if (rounds === MAX_ROUNDS) {
      throw new Error(`${source.kind}s that are changed faster than they can be compared: ${open.slice(0, 5).join(", ")}`)
    }
    open = await round(container, source, await lookAt(container, source, open, certain), { isNew, result })
  }
  return result
}
