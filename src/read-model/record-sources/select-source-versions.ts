import { rowsOf, type Db } from "../../database/statement"
import { sourceVersion, type RecordSource } from "./record-source"

/** A record that Odoo is told of. */
export type SourceRow = { id: string; created_at: Date; source_version: string }

/**
 * Selects those of these records that Odoo is told of, each with the version of its rows. Hand-written, because it reads rows of
 * several modules of Medusa.
 * @param certain the records that Odoo is told of without being confirmed
 */
export function selectSourceVersions(
  db: Db,
  source: RecordSource,
  ids: readonly string[],
  certain: readonly string[]
): Promise<SourceRow[]> {
  const { table, present, confirmed } = source
  return rowsOf<SourceRow>(
    db,
    `SELECT record.id, record.created_at, ${sourceVersion(source, "record.id")} AS source_version
     FROM ${table} AS record
     WHERE record.id = ANY(:ids) AND ${present} AND (record.id = ANY(:certain) OR ${confirmed})`,
    { ids, certain }
  )
}
