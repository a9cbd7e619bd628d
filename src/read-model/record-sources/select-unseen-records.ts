import type { Position } from "../../wire/list"
import { rowsOf, type Db } from "../../database/statement"
import type { RecordSource } from "./record-source"

/**
 * Records that are older than the plugin and have no snapshot yet, the newest first. Hand-written, because it compares a table of
 * Medusa with the plugin's.
 * @param before the position to continue after; null begins with the newest
 */
export function selectUnseenRecords(
  db: Db,
  { kind, table, present, tellable }: RecordSource,
  { installedAt, before, limit }: { installedAt: Date; before: Position | null; limit: number }
): Promise<Position[]> {
  return rowsOf<Position>(
    db,
    `SELECT record.id, to_char(record.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     FROM ${table} AS record
     WHERE record.created_at < :installedAt AND ${present} AND ${tellable}
       AND (CAST(:beforeTime AS timestamptz) IS NULL
         OR (record.created_at, record.id) < (CAST(:beforeTime AS timestamptz), CAST(:beforeId AS text)))
       AND NOT EXISTS (
         SELECT 1 FROM odoo_snapshot AS seen
         WHERE seen.record_kind = :kind AND seen.record_id = record.id AND seen.deleted_at IS NULL
       )
     ORDER BY record.created_at DESC, record.id DESC
     LIMIT :limit`,
    { kind, installedAt, beforeTime: before?.created_at ?? null, beforeId: before?.id ?? null, limit }
  )
}
