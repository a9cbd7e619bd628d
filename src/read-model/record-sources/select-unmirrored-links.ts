import type { Link } from "../../modules/odoo/types"
import { rowsOf, type Db } from "../../database/statement"
import type { RecordSource } from "./record-source"

/**
 * Links that the metadata of their records does not show, because a process died before it wrote the metadata, or the record was
 * locked. Very recent links are left out, because they may still be mirrored. A name that only the metadata has stays, because a
 * person may have written it. Hand-written, because it compares a table of the plugin with one of Medusa's.
 * @param from the time since which links were written; null for all links
 */
export function selectUnmirroredLinks(db: Db, { kind, table }: RecordSource, from: Date | null, limit: number): Promise<Link[]> {
  return rowsOf<Link>(
    db,
    `SELECT link.record_id, link.odoo_id, link.odoo_name, link.odoo_status, link.synced_at
     FROM odoo_link AS link
     JOIN ${table} AS record ON record.id = link.record_id AND record.deleted_at IS NULL
     WHERE link.record_kind = :kind AND link.deleted_at IS NULL
       AND link.updated_at >= :from AND link.updated_at <= now() - interval '10 seconds'
       AND (record.metadata ->> 'odoo_synced' IS DISTINCT FROM 'true'
         OR record.metadata ->> 'odoo_${kind}_id' IS DISTINCT FROM link.odoo_id
         OR coalesce(record.metadata ->> 'odoo_${kind}_name', '') <> link.odoo_name)
     ORDER BY link.updated_at
     LIMIT :limit`,
    { kind, from: from ?? new Date(0), limit }
  )
}
