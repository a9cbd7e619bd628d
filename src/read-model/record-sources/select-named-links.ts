import { rowsOf, type Db } from "../../database/statement"
import type { RecordSource } from "./record-source"

/** The members of the metadata of a record that name its link, as unchecked JSON. */
export type NamedLink = { record_id: string; odoo_id: unknown; odoo_name: unknown; synced_at: unknown }

/**
 * The records whose metadata names a link that the plugin's table does not have: a person or a program wrote it there through
 * Medusa (contract 3). Metadata that says that a record is not synced names no link. Hand-written, because it compares a table of
 * Medusa's with the plugin's.
 * @param ids the records to read; null for all, which reads the whole table
 */
export function selectNamedLinks(db: Db, { kind, table }: RecordSource, ids: readonly string[] | null): Promise<NamedLink[]> {
  return rowsOf<NamedLink>(
    db,
    `SELECT record.id AS record_id, record.metadata -> 'odoo_${kind}_id' AS odoo_id,
       record.metadata -> 'odoo_${kind}_name' AS odoo_name, record.metadata -> 'odoo_sync_date' AS synced_at
     FROM ${table} AS record
     LEFT JOIN odoo_link AS link
       ON link.record_kind = :kind AND link.record_id = record.id AND link.deleted_at IS NULL
     WHERE record.deleted_at IS NULL ${ids === null ? "" : "AND record.id = ANY(:ids)"}
       AND record.metadata ->> 'odoo_${kind}_id' NOT IN ('', 'false')
       AND record.metadata ->> 'odoo_synced' IS DISTINCT FROM 'false'
       AND (link.id IS NULL OR link.odoo_id <> record.metadata ->> 'odoo_${kind}_id'
         OR (link.odoo_name IS NULL AND record.metadata ->> 'odoo_${kind}_name' <> ''))
     ORDER BY record.id`,
    { kind, ids }
  )
}
