import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectUnseenRecords } from "../../modules/odoo/sql/select-unseen-records"
import type { Sweep } from "../../modules/odoo/types"
import type { Position } from "../../wire/list"
import { lookAt } from "../capture/capture-records"
import type { RecordSource } from "../capture/record-source"
import { allOrEach } from "./all-or-each"

const PAGE = 500

/**
 * Notes what was there before the plugin, so that its later changes can be told with true old values; it is not sent.
 * The newest first: they are the ones that change. Goes on from where an earlier call was broken off.
 */
export async function noteBaseline(
  container: MedusaContainer,
  source: RecordSource,
  sweep: Pick<Sweep, "installed_at" | "baseline_position">
): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  let before: Position | null = sweep.baseline_position
  for (;;) {
    const page: Position[] = await selectUnseenRecords(db, source.kind, { installedAt: sweep.installed_at, before, limit: PAGE })
    await allOrEach(container, source.kind, page.map(({ id }) => id), async (ids) => {
      const looks = await lookAt(container, source, ids)
      await odoo.noteBaseline(await source.readStates(container, looks))
    })
    before = page.length < PAGE ? null : (page.at(-1) ?? null)
    await odoo.saveBaseline(source.kind, before)
    if (before === null) {
      return
    }
    await odoo.holdSweep(source.kind)
  }
}
