import type { Link, RecordKind } from "../types"
import { rowsOf, type Db } from "./db"
import { RECORD_SOURCES } from "./record-sources"

/**
 * Links that the metadata of their records does not show: the process died between the two, or the record was not free.
 * One that was written a moment ago may still be at it. Hand-written, because it compares a table of ours with one of
 * Medusa's.
 * @param from looks at links that were written since then; null looks at all
 */
export function selectUnmirroredLinks(db: Db, kind: RecordKind, from: Date | null, limit: number): Promise<Link[]> {
  const { table } = RECORD_SOURCES[kind]
  return rowsOf<Link>(
    db,
    `SELECT link.record_id, link.odoo_id, link.odoo_name, link.odoo_status, link.synced_at
     FROM odoo_link AS link
     JOIN ${table} AS record ON record.id = link.record_id AND record.deleted_at IS NULL
     WHERE link.record_kind = :kind AND link.deleted_at IS NULL
       AND link.updated_at >= :from AND link.updated_at <= now() - interval '10 seconds'
       AND (record.metadata ->> 'odoo_synced' IS DISTINCT FROM 'true'
         OR record.metadata ->> 'odoo_${kind}_id' IS DISTINCT FROM link.odoo_id)
     ORDER BY link.updated_at
     LIMIT :limit`,
    { kind, from: from ?? new Date(0), limit }
  )
}
