import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectUnseenRecords } from "../../read-model/record-sources/select-unseen-records"
import type { Sweep } from "../../modules/odoo/types"
import type { RecordType } from "../../records"
import type { Position } from "../../wire/list"
import { recordsToCompare } from "../capture/capture-records"
import { takeOverNamedLinks } from "../../links/named-links"
import { batchThenIndividually } from "./batch-then-individually"

const PAGE = 500

/**
 * Writes snapshots of the records that are older than the plugin, without telling Odoo of them, so that later changes can be
 * told with true old values. The newest records come first, because they change most. Continues after an interruption.
 */
export async function noteBaseline(
  container: MedusaContainer,
  type: RecordType,
  sweep: Pick<Sweep, "installed_at" | "baseline_position">
): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  let before: Position | null = sweep.baseline_position
  for (;;) {
    const page: Position[] = await selectUnseenRecords(db, type.source, { installedAt: sweep.installed_at, before, limit: PAGE })
    await batchThenIndividually(container, type.kind, page.map(({ id }) => id), async (ids) => {
      await takeOverNamedLinks(container, type.kind, ids)
      await odoo.snapshots.noteBaseline(await type.readSnapshots(container, await recordsToCompare(container, type, ids)))
    })
    before = page.length < PAGE ? null : (page.at(-1) ?? null)
    await odoo.sweeps.saveBaseline(type.kind, before)
    if (before === null) {
      return
    }
    await odoo.sweeps.hold(type.kind)
  }
}
