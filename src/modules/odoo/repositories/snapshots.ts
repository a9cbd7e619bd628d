import type { ChangeContext, Origin } from "../../../wire/origin"
import { insertEvent } from "../sql/insert-event"
import { insertSnapshots } from "../sql/insert-snapshots"
import { lockRecords, type RecordKey } from "../sql/lock-records"
import { selectSnapshots } from "../sql/select-snapshots"
import { suppressEcho } from "../sql/suppress-echo"
import { updateSnapshot } from "../sql/update-snapshot"
import { updateSourceVersions } from "../sql/update-source-versions"
import type { Compared, KnownSnapshot, Observation, RecordKind, RecordSnapshot } from "../types"
import type { RepositoryContext } from "./context"

/** How long an echo suppression lasts at most, also where its process has died; milliseconds. */
const ECHO_LEASE_MS = 120_000

/** How records were last seen, and the events of how they have changed since. */
export class SnapshotRepository {
  constructor(private readonly context: RepositoryContext) {}

  /** The snapshots of these records, by record id. */
  async of(kind: RecordKind, recordIds: readonly string[]): Promise<Map<string, KnownSnapshot>> {
    const snapshots = await selectSnapshots(this.context.db, kind, recordIds)
    return new Map(snapshots.map((known) => [known.record_id, known]))
  }

  /**
   * Writes the new snapshot of a record and its event in one transaction. Where Odoo has the record already, because Odoo has
   * pulled it before, the `<kind>.created` event is written as delivered. Where no destination asks for the event, only
   * the snapshot is written.
   * @param context from where the change comes, unless Odoo has made it
   * @returns `isWritten`: false where another process captured the record meanwhile, so that it must be compared again;
   *   `isTold`: whether an event was written
   */
  async capture(
    { seen, version, event, isInbound, destination }: Observation,
    context: ChangeContext = "unknown"
  ): Promise<{ isWritten: boolean; isTold: boolean }> {
    const origin: Origin = isInbound === true ? { context: "odoo", direction: "inbound" } : { context, direction: "outbound" }
    return await this.context.db.transaction(async (transaction) => {
      await lockRecords(transaction, [seen])
      const isWritten =
        version === null
          ? (await insertSnapshots(transaction, [seen])).length === 1
          : await updateSnapshot(transaction, seen, version)
      const isTold = isWritten && event !== null && (await insertEvent(transaction, seen, event, origin, { destination }))
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
