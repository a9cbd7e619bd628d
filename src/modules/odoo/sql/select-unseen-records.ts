import type { Position } from "../../../wire/list"
import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"
import { RECORD_SOURCES } from "./record-sources"

/**
 * Records from before the plugin that are not noted yet, the newest first. Hand-written, because it compares a table of
 * Medusa with ours.
 * @param before goes on behind this position; null begins with the newest
 */
export function selectUnseenRecords(
  db: Db,
  kind: RecordKind,
  { installedAt, before, limit }: { installedAt: Date; before: Position | null; limit: number }
): Promise<Position[]> {
  const { table, present, tellable } = RECORD_SOURCES[kind]
  return rowsOf<Position>(
    db,
    `SELECT record.id, to_char(record.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     FROM ${table} AS record
     WHERE record.created_at < :installedAt AND ${present} AND ${tellable}
       AND (CAST(:beforeTime AS timestamptz) IS NULL
         OR (record.created_at, record.id) < (CAST(:beforeTime AS timestamptz), CAST(:beforeId AS text)))
       AND NOT EXISTS (
         SELECT 1 FROM odoo_record_state AS state
         WHERE state.record_kind = :kind AND state.record_id = record.id AND state.deleted_at IS NULL
       )
     ORDER BY record.created_at DESC, record.id DESC
     LIMIT :limit`,
    { kind, installedAt, beforeTime: before?.created_at ?? null, beforeId: before?.id ?? null, limit }
  )
}
