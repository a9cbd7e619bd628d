import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { Link, NewLink, RecordKind } from "../modules/odoo/types"
import { recordTypeOf } from "../records"
import { describeError } from "../utils/describe-error"
import { linkInMetadata, refusedLink } from "../wire/named-link"
import { toOdooId } from "../wire/odoo-id"

type Metadata = Record<string, unknown>

/** Keeps a refusal for a person where the metadata names another link than the record's, before the metadata is overwritten. */
async function noteContradiction(container: MedusaContainer, kind: RecordKind, link: Link, present: Metadata): Promise<void> {
  const named = linkInMetadata(kind, present)
  if (named !== null && named.odooId !== link.odoo_id) {
    const said = { source: "metadata" as const, kind, recordId: link.record_id, odooId: named.odooId }
    await container.resolve<OdooModuleService>(ODOO_MODULE).refusals.note(refusedLink(said, link))
  }
}

/**
 * Writes the new link of a record into its metadata before the link itself is replaced. Written afterwards, the metadata would
 * name the old link meanwhile, as if a person had written it there.
 */
export async function mirrorAhead(container: MedusaContainer, { kind, recordId, odooId, odooName }: NewLink): Promise<void> {
  await recordTypeOf(kind)?.link?.metadataOf(container, recordId).write({
    odoo_synced: true,
    [`odoo_${kind}_id`]: toOdooId(odooId),
    [`odoo_${kind}_name`]: odooName ?? "",
  })
}

/**
 * Mirrors a link into the metadata of Medusa's record, for Medusa's own lists and for people. The plugin's table remains the
 * source of truth. Equal metadata is not written again, and contradicting metadata is kept as a refusal first. Medusa's
 * services are used and not its workflows: the order workflow refuses canceled orders, and the customer workflow emits that the
 * profile has changed. The services read the metadata before they merge it, so the caller holds the lock of an order. Nothing
 * happens for a kind without links in metadata.
 */
export async function mirrorLink(container: MedusaContainer, kind: RecordKind, link: Link): Promise<void> {
  const metadata = recordTypeOf(kind)?.link?.metadataOf(container, link.record_id)
  if (metadata === undefined) {
    return
  }
  const present = (await metadata.read()) ?? {}
  const name = `odoo_${kind}_name`
  const mirrored = {
    odoo_synced: true,
    [`odoo_${kind}_id`]: toOdooId(link.odoo_id),
    // an empty text removes the name of an earlier link
    ...(link.odoo_name === null && present[name] === undefined ? {} : { [name]: link.odoo_name ?? "" }),
    odoo_sync_date: link.synced_at.toISOString(),
  }
  if (Object.entries(mirrored).some(([key, value]) => present[key] !== value)) {
    await noteContradiction(container, kind, link, present)
    await metadata.write(mirrored)
  }
}

async function whenFree(container: MedusaContainer, kind: RecordKind, recordId: string, write: () => Promise<void>): Promise<void> {
  const exclusively = recordTypeOf(kind)?.link?.whenFree
  await (exclusively === undefined ? write() : exclusively(container, recordId, write))
}

/** Mirrors a link under the record's lock, where its kind has one. */
export async function mirrorLinkUnderLock(container: MedusaContainer, kind: RecordKind, link: Link): Promise<void> {
  await whenFree(container, kind, link.record_id, () => mirrorLink(container, kind, link))
}

/** Mirrors the link that the record has once its lock is free. */
export async function mirrorPresentLink(container: MedusaContainer, kind: RecordKind, recordId: string): Promise<void> {
  await whenFree(container, kind, recordId, async () => {
    const link = (await container.resolve<OdooModuleService>(ODOO_MODULE).links.of(kind, [recordId])).get(recordId)
    if (link !== undefined) {
      await mirrorLink(container, kind, link)
    }
  })
}

/** Runs a mirroring function. A failure is logged, and the sweep mirrors the link later. */
export async function mirrorOrLog(container: MedusaContainer, kind: RecordKind, recordId: string, mirror: () => Promise<void>): Promise<void> {
  await mirror().catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`odoo: ${kind} ${recordId} is linked, but its metadata does not say so: ${describeError(error)}`)
  })
}
