import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import { refusedLink, saidOfLink } from "../../wire/named-link"
import { noteAttempts, readBefore } from "./outages"
import { acknowledgeCreated } from "./sql/acknowledge-created"
import type { Db } from "../../database/statement"
import { lockRecords } from "./sql/lock-records"
import { noteRefusal, settleRefusal } from "./sql/note-refusal"
import { selectLinks } from "./sql/select-links"
import { updateAttemptedDeliveries } from "./sql/update-attempted-deliveries"
import { upsertLinks } from "./sql/upsert-links"
import type { Attempted, DestinationState, Link, NewLink, DeliveryAfter } from "./types"

/** The link that the reply to an attempt names; most name none. */
const linksNamedIn = ({ delivery, outcome }: Attempted): NewLink[] =>
  outcome.status === "delivered" && outcome.link !== null
    ? [{ kind: delivery.record_kind, recordId: delivery.record_id, odooId: outcome.link.odoo_id, odooName: outcome.link.odoo_name }]
    : []

/** The key of a record. A record has one running delivery at a time, so the key is unique among the attempts of a group. */
const keyOf = ({ record_kind: kind, record_id: id }: { record_kind: string; record_id: string }) => `${kind} ${id}`

/** Keeps a refusal for a person where a reply names another link than the record has. */
async function noteOtherName(db: Db, { kind, recordId, odooId }: NewLink): Promise<void> {
  const [present] = await selectLinks(db, kind, [recordId])
  if (present !== undefined) {
    await noteRefusal(db, refusedLink({ source: "answer", kind, recordId, odooId }, present))
  }
}

/** Settles the refusals of a link that the record has now. */
export async function settleRefusedLink(db: Db, { kind, recordId, odooId }: NewLink): Promise<void> {
  for (const source of ["metadata", "answer"] as const) {
    await settleRefusal(db, { kind, recordId, said: saidOfLink(source, kind, odooId) })
  }
}

/** Writes the links that the replies name, except for records with a different link. */
async function linkNamed(db: Db, written: readonly Attempted[]): Promise<Map<string, Link>> {
  const named = written.flatMap(linksNamedIn)
  const links = named.length === 0 ? [] : await upsertLinks(db, named, { syncedAt: null, force: false })
  if (links.length > 0) {
    // the reply to a later event may be the first one with the link
    await acknowledgeCreated(db, links)
  }
  const linked = new Map(links.map((link) => [keyOf(link), link]))
  for (const link of named.filter(({ kind, recordId }) => !linked.has(keyOf({ record_kind: kind, record_id: recordId })))) {
    await noteOtherName(db, link)
  }
  return linked
}

/** Attempts with their deliveries as they are now, and the state of the destination. */
export type WrittenAttempts = { deliveries: (Attempted & { now: DeliveryAfter })[]; destination: DestinationState }

/**
 * Writes attempts at one destination, their outcomes, the health of the destination, and the links that the replies name, in one
 * transaction. The locks of the records are taken first, so that a process that writes another event of a record sees whether
 * this delivery is still open before it.
 */
export async function writeAttempts(db: Knex, destinationId: string, attempted: readonly Attempted[]): Promise<WrittenAttempts> {
  return await db.transaction(async (transaction) => {
    await lockRecords(transaction, attempted.map(({ delivery }) => delivery))
    const before = await readBefore(transaction, destinationId, attempted)
    const rows = await updateAttemptedDeliveries(transaction, attempted)
    const statuses = new Map(rows.map(({ index, status }) => [index, status]))
    const ours = attempted.filter((_, index) => statuses.has(index))
    const links = await linkNamed(transaction, ours)
    const deliveries = attempted.map((each, index) => {
      const status = statuses.get(index)
      return { ...each, now: status === undefined ? { status: null } : { status, link: links.get(keyOf(each.delivery)) } }
    })
    return { deliveries, destination: await noteAttempts(transaction, before, ours) }
  })
}
