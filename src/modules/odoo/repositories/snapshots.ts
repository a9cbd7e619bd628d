import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import type { ChangeContext, Origin } from "../../../wire/origin"
import { acknowledgeCreated } from "../sql/acknowledge-created"
import { insertEvent } from "../sql/insert-event"
import { insertSnapshots } from "../sql/insert-snapshots"
import { lockRecords, type RecordKey } from "../sql/lock-records"
import { selectLinks } from "../sql/select-links"
import { selectSnapshots } from "../sql/select-snapshots"
import { suppressEcho } from "../sql/suppress-echo"
import { updateSnapshot } from "../sql/update-snapshot"
import { updateSourceVersions, type Compared } from "../sql/update-source-versions"
import type { KnownSnapshot, NewEvent, Observation, RecordKind, RecordSnapshot } from "../types"
import type { RepositoryContext } from "./context"

/** How long an echo suppression lasts at most, also where its process has died; milliseconds. */
const ECHO_LEASE_MS = 120_000

/**
 * Writes an event, inside the transaction that holds the lock of the record. A `<kind>.created` event of a record that Odoo has
 * already becomes delivered at once.
 * @returns whether a destination asks for the event; where none does, nothing is written
 */
async function writeEvent(transaction: Knex.Transaction, record: RecordKey, event: NewEvent, origin: Origin): Promise<boolean> {
  const { record_kind: kind, record_id: recordId } = record
  const isWanted = await insertEvent(transaction, record, event, origin)
  if (isWanted && event.name === `${kind}.created` && (await selectLinks(transaction, kind, [recordId])).length > 0) {
    await acknowledgeCreated(transaction, [record])
  }
  return isWanted
}

/** How records were last seen, and the events of how they have changed since. */
export class SnapshotRepository {
  constructor(private readonly context: RepositoryContext) {}

  /** The snapshots of these records, by record id. */
  async of(kind: RecordKind, recordIds: readonly string[]): Promise<Map<string, KnownSnapshot>> {
    const snapshots = await selectSnapshots(this.context.db, kind, recordIds)
    return new Map(snapshots.map((known) => [known.record_id, known]))
  }

  /**
   * Writes the new snapshot of a record and its event in one transaction. Where Odoo has the record already, because it has
   * pulled the record first, the `<kind>.created` event is written as delivered. Where no destination asks for the event, only
   * the snapshot is written.
   * @param context from where the change comes, unless Odoo has made it
   * @returns `isWritten`: false where another process captured the record meanwhile, so that it must be compared again;
   *   `isTold`: whether an event was written
   */
  async capture(
    { seen, version, event, isInbound }: Observation,
    context: ChangeContext = "unknown"
  ): Promise<{ isWritten: boolean; isTold: boolean }> {
    const origin: Origin = isInbound === true ? { context: "odoo", direction: "inbound" } : { context, direction: "outbound" }
    return await this.context.db.transaction(async (transaction) => {
      await lockRecords(transaction, [seen])
      const isWritten =
        version === null
          ? (await insertSnapshots(transaction, [seen])).length === 1
          : await updateSnapshot(transaction, seen, version)
      const isTold = isWritten && event !== null && (await writeEvent(transaction, seen, event, origin))
      return { isWritten, isTold }
    })
  }

  /**
   * Saves the source versions of records that were compared without a difference.
   * @returns the ids of the saved records; the others were captured by another process meanwhile
   */
  async noteCompared(kind: RecordKind, compared: readonly Compared[]): Promise<string[]> {
    return compared.length === 0 ? [] : await updateSourceVersions(this.context.db, kind, compared)
  }

  /** Inserts snapshots of records that are older than the plugin, without telling Odoo of them. Present snapshots stay. */
  async noteBaseline(snapshots: readonly RecordSnapshot[]): Promise<void> {
    if (snapshots.length > 0) {
      await insertSnapshots(this.context.db, snapshots)
    }
  }

  /**
   * Suppresses the echo of changes of a record that Odoo is making. An empty list ends the suppression.
   * @param changes such as `status=canceled`
   */
  async suppressEcho(record: RecordKey, changes: readonly string[]): Promise<void> {
    await suppressEcho(this.context.db, record, changes, ECHO_LEASE_MS)
  }
}
