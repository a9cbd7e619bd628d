import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectSourceMarks } from "../../modules/odoo/sql/select-source-marks"
import type { Observation, Sweep } from "../../modules/odoo/types"
import type { Look, RecordSource } from "./record-source"

/** How many events were written. */
export type CaptureResult = { captured: number }

/** Each round that is overtaken means that somebody else has come to an end; so many in a row are a fault. */
const MAX_ROUNDS = 20

/** Whether a record that is not known was made before the plugin, and so is only noted. */
const isFromBefore = (sweep: Sweep | undefined, createdAt: Date) =>
  sweep !== undefined && sweep.baseline_done_at === null && createdAt < sweep.installed_at

/** Takes the marks of those records that Odoo is told of, before anything of them is read; in the order of `ids`. */
export async function lookAt(container: MedusaContainer, source: RecordSource, ids: readonly string[]) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const known = await odoo.statesOf(source.kind, ids)
  const rows = await selectSourceMarks(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), source.kind, ids)
  const looks = new Map(rows.map((row) => [row.id, { ...row, known: known.get(row.id) }]))
  return ids.flatMap((id) => looks.get(id) ?? [])
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
  const unchanged: Observation["state"][] = []
  for (const observation of observed) {
    if (!observation.changed) {
      unchanged.push(observation.state)
    } else if (!(await odoo.capture(observation))) {
      overtaken.push(observation.state.record_id)
    } else if (observation.event !== null) {
      result.captured += 1
    }
  }
  await odoo.noteCompared(source.kind, unchanged)
  return overtaken
}

/**
 * Compares records with how they were last seen, and writes down what Odoo has not been told of them. A record that
 * somebody else has looked at in the meantime is compared anew: what is written first was also read first, so that
 * old and new values are true, whoever comes when.
 * @param input.isNew says that these records were made just now, whatever their time of creation says
 */
export async function captureRecords(
  container: MedusaContainer,
  source: RecordSource,
  { ids, isNew = false }: { ids: readonly string[]; isNew?: boolean }
): Promise<CaptureResult> {
  const result: CaptureResult = { captured: 0 }
  let open: string[] = [...new Set(ids)]
  for (let rounds = 0; open.length > 0; rounds += 1) {
    if (rounds === MAX_ROUNDS) {
      throw new Error(`${source.kind}s that are changed faster than they can be compared: ${open.slice(0, 5).join(", ")}`)
    }
    open = await round(container, source, await lookAt(container, source, open), { isNew, result })
  }
  return result
}
