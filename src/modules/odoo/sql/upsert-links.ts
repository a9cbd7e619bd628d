import { generateEntityId } from "@medusajs/framework/utils"

import type { Link, NewLink, RecordKind } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Links records to Odoo's, or repeats links that are there already. Hand-written for its `ON CONFLICT … WHERE`: two
 * callers at once can not link one record twice; and to be one statement for any number of different records.
 * @param input.syncedAt when Odoo took over the records; null keeps the present time of a link, or means now
 * @param input.force whether a different present link is replaced
 * @returns the written links, without those of records whose different link was not replaced
 */
export function upsertLinks(
  db: Db,
  links: readonly NewLink[],
  { syncedAt, force }: { syncedAt: Date | null; force: boolean }
): Promise<(Link & { record_kind: RecordKind })[]> {
  return rowsOf<Link & { record_kind: RecordKind }>(
    db,
    `INSERT INTO odoo_link AS link (id, record_kind, record_id, odoo_id, odoo_name, synced_at)
     SELECT id, kind, record_id, odoo_id, odoo_name, coalesce(:syncedAt, now())
     FROM unnest(
       CAST(:ids AS text[]), CAST(:kinds AS text[]), CAST(:recordIds AS text[]), CAST(:odooIds AS text[]), CAST(:odooNames AS text[])
     ) AS given(id, kind, record_id, odoo_id, odoo_name)
     ON CONFLICT (record_kind, record_id) WHERE deleted_at IS NULL
     DO UPDATE SET
       odoo_name = CASE WHEN link.odoo_id = excluded.odoo_id THEN coalesce(excluded.odoo_name, link.odoo_name) ELSE excluded.odoo_name END,
       odoo_status = CASE WHEN link.odoo_id = excluded.odoo_id THEN link.odoo_status END,
       synced_at = CASE WHEN link.odoo_id = excluded.odoo_id THEN coalesce(:syncedAt, link.synced_at) ELSE excluded.synced_at END,
       odoo_id = excluded.odoo_id,
       updated_at = now()
     WHERE link.odoo_id = excluded.odoo_id OR :force
     RETURNING record_kind, record_id, odoo_id, odoo_name, odoo_status, synced_at`,
    {
      ids: links.map(() => generateEntityId(undefined, "olnk")),
      kinds: links.map(({ kind }) => kind),
      recordIds: links.map(({ recordId }) => recordId),
      odooIds: links.map(({ odooId }) => odooId),
      odooNames: links.map(({ odooName }) => odooName),
      syncedAt,
      force,
    }
  )
}
