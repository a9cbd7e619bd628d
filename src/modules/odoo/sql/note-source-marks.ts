import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"

/** A record that was compared: with which version of its state, and how its rows were marked before it was read. */
export type Compared = { id: string; version: number; mark: string }

/**
 * Notes that records were compared, and nothing of theirs that Odoo is told of has changed; not of those of which
 * somebody has written a change meanwhile, for the comparison says nothing about that. Hand-written, because it is one
 * statement for all of them.
 * @returns the ids of those that were noted
 */
export async function noteSourceMarks(db: Db, kind: RecordKind, compared: readonly Compared[]): Promise<string[]> {
  const rows = await rowsOf<{ record_id: string }>(
    db,
    `UPDATE odoo_record_state AS state
     SET source_mark = compared.mark
     FROM unnest(CAST(:ids AS text[]), CAST(:versions AS integer[]), CAST(:marks AS text[])) AS compared(id, version, mark)
     WHERE state.record_kind = :kind AND state.record_id = compared.id AND state.version = compared.version
       AND state.deleted_at IS NULL
     RETURNING state.record_id`,
    {
      kind,
      ids: compared.map(({ id }) => id),
      versions: compared.map(({ version }) => version),
      marks: compared.map(({ mark }) => mark),
    }
  )
  return rows.map((row) => row.record_id)
}
