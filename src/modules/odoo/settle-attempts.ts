import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import { acknowledgeCreated } from "./sql/acknowledge-created"
import type { Db } from "./sql/db"
import { lockRecords } from "./sql/lock-records"
import { settleEvents } from "./sql/settle-events"
import { upsertLinks } from "./sql/upsert-links"
import type { Attempted, Link, NewLink, Settled } from "./types"

/** The link that an answer names; none for most. */
const linksNamedIn = ({ event, outcome }: Attempted): NewLink[] =>
  outcome.status === "delivered" && outcome.link !== null
    ? [{ kind: event.record_kind, recordId: event.record_id, odooId: outcome.link.odoo_id, odooName: outcome.link.odoo_name }]
    : []

/** A record has one event under way at a time, so that this tells the attempts of a group apart. */
const keyOf = ({ record_kind: kind, record_id: id }: { record_kind: string; record_id: string }) => `${kind} ${id}`

/** Links the records that Odoo has named, where they are not linked to others already. */
async function linkNamed(db: Db, settled: readonly Attempted[]): Promise<Map<string, Link>> {
  const named = settled.flatMap(linksNamedIn)
  const links = named.length === 0 ? [] : await upsertLinks(db, named, { syncedAt: null, force: false })
  if (links.length > 0) {
    // the reply to a later event may be the first to name the record
    await acknowledgeCreated(db, links)
  }
  return new Map(links.map((link) => [keyOf(link), link]))
}

type SettledAttempts = { settled: Settled[]; isPaused: boolean }

async function write(db: Db, attempted: readonly Attempted[]): Promise<SettledAttempts> {
  const rows = await settleEvents(db, attempted)
  const statuses = new Map(rows.map(({ index, status }) => [index, status]))
  const links = await linkNamed(db, attempted.filter((_, index) => statuses.has(index)))
  const settled = attempted.map(({ event }, index): Settled => {
    const status = statuses.get(index)
    return status === undefined ? { status: null } : { status, link: links.get(keyOf(event)) }
  })
  return { settled, isPaused: rows.some((row) => row.is_paused) }
}

/**
 * Writes attempts, what came of them and, where Odoo named their records, the links, all or nothing.
 * @returns what became of each event, in the order given; and whether delivery is paused by now
 */
export async function settleAttempts(db: Knex, attempted: readonly Attempted[]): Promise<SettledAttempts> {
  const naming = attempted.filter((each) => linksNamedIn(each).length > 0)
  if (naming.length === 0) {
    return await write(db, attempted)
  }
  return await db.transaction(async (transaction) => {
    await lockRecords(transaction, naming.map(({ event }) => event))
    return await write(transaction, attempted)
  })
}
