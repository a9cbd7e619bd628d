import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { RecordSource } from "../read-model/record-sources/record-source"
import { selectMirrorMistakes } from "../read-model/record-sources/select-mirror-mistakes"

// compared as text: a cast would fail on other values that a person wrote there
const SAYS_SYNCED = { metadata: { odoo_synced: "true" } }
const SAYS_NOTHING = { $or: [{ metadata: { odoo_synced: null } }, { metadata: { odoo_synced: { $ne: "true" } } }] }

/**
 * A filter for Medusa's own lists that selects linked or unlinked records. It compares the metadata, so that its size does not
 * grow with the number of links, and corrects by id the few records with wrong metadata.
 * @returns conditions that all have to hold
 */
export async function syncedFilter(
  container: MedusaContainer,
  source: RecordSource,
  synced: boolean
): Promise<Record<string, unknown>[]> {
  const { silent, wrong } = await selectMirrorMistakes(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), source)
  const [missing, surplus] = synced ? [silent, wrong] : [wrong, silent]
  const said = synced ? SAYS_SYNCED : SAYS_NOTHING
  return [
    missing.length === 0 ? said : { $or: [said, { id: { $in: missing } }] },
    ...(surplus.length === 0 ? [] : [{ id: { $nin: surplus } }]),
  ]
}
