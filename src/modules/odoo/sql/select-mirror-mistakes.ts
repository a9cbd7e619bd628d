import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"
import { RECORD_SOURCES } from "./record-sources"

/** Records whose metadata does not say of their link what our table says. */
export type MirrorMistakes = {
  /** linked, though the metadata is silent */
  silent: string[]
  /** not linked, though the metadata says so */
  wrong: string[]
}

/**
 * The records whose metadata people or programs have changed past the link: few, as a rule. Hand-written, because it
 * compares a table of ours with one of Medusa's.
 */
export async function selectMirrorMistakes(db: Db, kind: RecordKind): Promise<MirrorMistakes> {
  const rows = await rowsOf<{ id: string; linked: boolean }>(
    db,
    `SELECT record.id, link.id IS NOT NULL AS linked
     FROM ${RECORD_SOURCES[kind].table} AS record
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
