import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectMirrorMistakes } from "../modules/odoo/sql/select-mirror-mistakes"
import type { RecordKind } from "../modules/odoo/types"

// compared as text: a cast would fail on whatever else somebody has written there
const SAYS_SYNCED = { metadata: { odoo_synced: "true" } }
const SAYS_NOTHING = { $or: [{ metadata: { odoo_synced: null } }, { metadata: { odoo_synced: { $ne: "true" } } }] }

/**
 * A filter for Medusa's own lists that keeps what is linked to Odoo, or what is not. It goes by the metadata, so that
 * it does not grow with the number of links, and mends by id what the metadata has wrong.
 * @returns conditions that all have to hold
 */
export async function syncedFilter(
  container: MedusaContainer,
  kind: RecordKind,
  synced: boolean
): Promise<Record<string, unknown>[]> {
  const { silent, wrong } = await selectMirrorMistakes(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), kind)
  const [missing, surplus] = synced ? [silent, wrong] : [wrong, silent]
  const said = synced ? SAYS_SYNCED : SAYS_NOTHING
  return [
    missing.length === 0 ? said : { $or: [said, { id: { $in: missing } }] },
    ...(surplus.length === 0 ? [] : [{ id: { $nin: surplus } }]),
  ]
}
