import { rowsOf, type Db } from "../../database/statement"
import type { RecordSource } from "./record-source"

/** Records whose metadata contradicts the plugin's table of links. */
export type MirrorMistakes = {
  /** records with a link that the metadata does not show */
  silent: string[]
  /** records without a link that the metadata shows as linked */
  wrong: string[]
}

/**
 * The records whose metadata contradicts their link, because a person or a program changed it; usually few. Hand-written, because
 * it compares a table of the plugin with one of Medusa's.
 */
export async function selectMirrorMistakes(db: Db, { kind, table }: RecordSource): Promise<MirrorMistakes> {
  const rows = await rowsOf<{ id: string; linked: boolean }>(
    db,
    `SELECT record.id, link.id IS NOT NULL AS linked
     FROM ${table} AS record
     LEFT JOIN odoo_link AS link
       ON link.record_kind = :kind AND link.record_id = record.id AND link.deleted_at IS NULL
     WHERE record.deleted_at IS NULL
       AND (link.id IS NOT NULL) <> (record.metadata ->> 'odoo_synced' IS NOT DISTINCT FROM 'true')`,
    { kind }
  )
  return {
    silent: rows.filter((row) => row.linked).map((row) => row.id),
    wrong: rows.filter((row) => !row.linked).map((row) => row.id),
  }
}
