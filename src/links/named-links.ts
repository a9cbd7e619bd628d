import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { selectNamedLinks, type NamedLink } from "../read-model/record-sources/select-named-links"
import type { RecordKind } from "../modules/odoo/types"
import { recordTypeOf } from "../records"
import { readNamedLink } from "../wire/named-link"
import { mirrorOrLog, mirrorPresentLink } from "./mirror-link"

/** Reads the links that the metadata of records names; none for a kind without links in metadata. */
async function namedLinksOf(container: MedusaContainer, kind: RecordKind, ids: readonly string[] | null): Promise<NamedLink[]> {
  const type = recordTypeOf(kind)
  return type?.link === undefined || ids?.length === 0
    ? []
    : await selectNamedLinks(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), type.source, ids)
}

/**
 * Links records as their metadata names, like `/synced` (contract 3): Odoo is no longer told that they were created. A present
 * link is not replaced. The metadata is not changed, so that no lock of the record is needed.
 * @returns the ids of the records whose metadata and link differ, or differed
 */
export async function linkAsNamed(container: MedusaContainer, kind: RecordKind, ids: readonly string[]): Promise<string[]> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const differing: string[] = []
  for (const { record_id: recordId, ...source } of await namedLinksOf(container, kind, ids)) {
    const named = readNamedLink(source)
    if (named !== null) {
      await odoo.links.link({ kind, recordId, ...named, force: false })
      differing.push(recordId)
    }
  }
  return differing
}

/**
 * Links records as their metadata names, and then writes the metadata in the plugin's form. A link in the metadata that
 * contradicts the record's link is kept as a refusal first. Not to be called under the record's lock.
 */
export async function takeOverNamedLinks(container: MedusaContainer, kind: RecordKind, ids: readonly string[]): Promise<void> {
  for (const id of await linkAsNamed(container, kind, ids)) {
    await mirrorOrLog(container, kind, id, () => mirrorPresentLink(container, kind, id))
  }
}

/** The ids of all records whose metadata names a link that they do not have. Reads whole tables. */
export async function recordsWithNamedLinks(container: MedusaContainer, kind: RecordKind): Promise<string[]> {
  const found = await namedLinksOf(container, kind, null)
  return found.flatMap(({ record_id: id, ...source }) => (readNamedLink(source) === null ? [] : [id]))
}
