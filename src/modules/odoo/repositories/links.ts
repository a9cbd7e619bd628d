import { settleRefusedLink } from "../write-attempts"
import { acknowledgeCreated } from "../sql/acknowledge-created"
import { lockRecords } from "../sql/lock-records"
import { selectLinkedRecords } from "../sql/select-linked-records"
import { selectLinks } from "../sql/select-links"
import { updateLinkStatus } from "../sql/update-link-status"
import { upsertLinks } from "../sql/upsert-links"
import type { Link, NewLink, RecordKind } from "../types"
import type { RepositoryContext } from "./context"

/** The links of records to their records in Odoo. */
export class LinkRepository {
  constructor(private readonly context: RepositoryContext) {}

  /**
   * Links a record to its record in Odoo. Can be repeated. Odoo is no longer told that the record was created.
   * @returns the link; undefined when the record has a different link and `force` is false
   */
  async link({ syncedAt, force, ...link }: NewLink & { syncedAt: Date | null; force: boolean }): Promise<Link | undefined> {
    return await this.context.db.transaction(async (transaction) => {
      const record = { record_kind: link.kind, record_id: link.recordId }
      await lockRecords(transaction, [record])
      const [linked] = await upsertLinks(transaction, [link], { syncedAt, force })
      if (linked !== undefined) {
        await acknowledgeCreated(transaction, [record])
      }
      if (force) {
        await settleRefusedLink(transaction, link)
      }
      return linked
    })
  }

  /** The links of these records, by record id. */
  async of(kind: RecordKind, recordIds: readonly string[]): Promise<Map<string, Link>> {
    const links = await selectLinks(this.context.db, kind, recordIds)
    return new Map(links.map((link) => [link.record_id, link]))
  }

  /** The ids of the records that are linked to a record of Odoo's, by its id or name. */
  async recordsCalled(kind: RecordKind, called: Parameters<typeof selectLinkedRecords>[2]): Promise<string[]> {
    return await selectLinkedRecords(this.context.db, kind, called)
  }

  /**
   * Writes Odoo's status of a record into its link.
   * @returns false for a record without a link; nothing was written then
   */
  async noteStatus(kind: RecordKind, recordId: string, status: string): Promise<boolean> {
    return await updateLinkStatus(this.context.db, kind, recordId, status)
  }
}
