import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"
import { RECORD_SOURCES, sourceMark } from "./record-sources"

/** A record that Odoo is told of. */
export type SourceRow = { id: string; created_at: Date; mark: string }

/**
 * Those of these records that Odoo is told of, each with its mark. Hand-written, because it sums up rows of several
 * modules of Medusa.
 * @param certain those that Odoo is told of in any case, as long as they are there
 */
export function selectSourceMarks(db: Db, kind: RecordKind, ids: readonly string[], certain: readonly string[]): Promise<SourceRow[]> {
  const { table, present, settled } = RECORD_SOURCES[kind]
  return rowsOf<SourceRow>(
    db,
    `SELECT record.id, record.created_at, ${sourceMark(kind, "record.id")} AS mark
     FROM ${table} AS record
     WHERE record.id = ANY(:ids) AND ${present} AND (record.id = ANY(:certain) OR ${settled})`,
    { ids, certain }
  )
}
