import type { RecordKind, RecordState } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Notes that records were compared, and nothing of theirs that Odoo is told of has changed. Hand-written, because it is
 * one statement for all of them.
 */
export async function noteSourceMarks(
  db: Db,
  kind: RecordKind,
  records: readonly Pick<RecordState, "record_id" | "source_mark">[]
): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_record_state AS state
     SET source_mark = compared.mark
     FROM unnest(CAST(:ids AS text[]), CAST(:marks AS text[])) AS compared(id, mark)
     WHERE state.record_kind = :kind AND state.record_id = compared.id AND state.deleted_at IS NULL
       AND state.source_mark IS DISTINCT FROM compared.mark`,
    { kind, ids: records.map((record) => record.record_id), marks: records.map((record) => record.source_mark) }
  )
}
