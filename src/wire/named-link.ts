import { blankOptional, lineSchema } from "./normalise"
import { odooIdSchema, toOdooId } from "./odoo-id"
import { pastTimeSchema } from "./times"

/** The members that may name the link of a record, unchecked. */
export type NamedLinkSource = { odoo_id: unknown; odoo_name: unknown; synced_at: unknown }

/** A link that a person or a program has written. */
export type NamedLink = { odooId: string; odooName: string | null; syncedAt: Date | null }

const nameSchema = blankOptional(lineSchema)
const syncedAtSchema = pastTimeSchema()

/**
 * Reads a link that is named in metadata, with the rules of `/synced` (contract 3). An invalid name or time is ignored; so is a
 * time ahead of the shop's clock, because programs write the time of their own zone.
 * @returns null where no record of Odoo is named
 */
export function readNamedLink(source: NamedLinkSource): NamedLink | null {
  const id = odooIdSchema.safeParse(source.odoo_id)
  if (!id.success) {
    return null
  }
  const name = nameSchema.safeParse(source.odoo_name)
  const syncedAt = syncedAtSchema.safeParse(source.synced_at)
  return {
    odooId: id.data,
    odooName: name.data ?? null,
    syncedAt: syncedAt.success ? syncedAt.data : null,
  }
}

/**
 * Reads the link from a record's metadata. Metadata that says that the record is not synced names no link.
 * @returns null where no record of Odoo is named
 */
export function linkInMetadata(kind: string, metadata: Readonly<Record<string, unknown>>): NamedLink | null {
  const { odoo_synced: synced, [`odoo_${kind}_id`]: id, [`odoo_${kind}_name`]: name, odoo_sync_date: syncedAt } = metadata
  return String(synced) === "false" ? null : readNamedLink({ odoo_id: id, odoo_name: name, synced_at: syncedAt })
}

/** The origin of a link that contradicts the present link: the record's metadata, or Odoo's reply to an event. */
type Source = "metadata" | "answer"

/** The member `said` of the refusal of a link. */
export const saidOfLink = (source: Source, kind: string, odooId: string) => `${source} odoo_${kind}_id=${odooId}`

/**
 * The refusal of a link that contradicts the present link of a record. A person has to decide which one is right.
 * @param present the present link, which stays
 */
export function refusedLink(
  { source, kind, recordId, odooId }: { source: Source; kind: string; recordId: string; odooId: string },
  present: { odoo_id: string; odoo_name: string | null }
) {
  const named = source === "metadata" ? "The metadata was given" : "Odoo's answer to an event has named"
  return {
    kind,
    recordId,
    said: saidOfLink(source, kind, odooId),
    code: "CONFLICT",
    message:
      `${named} odoo_${kind}_id ${odooId}, but the ${kind} is linked to ${present.odoo_id}, and stays so. ` +
      `If ${odooId} is right, POST /odoo/${kind}s/${recordId}/synced with it and force: true replaces the link; did Odoo make two records of one?`,
    details: { odoo_id: toOdooId(present.odoo_id), odoo_name: present.odoo_name, refused_odoo_id: toOdooId(odooId) },
  }
}
