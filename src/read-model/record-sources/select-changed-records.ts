import type { Position } from "../../wire/list"
import { rowsOf, type Db } from "../../database/statement"
import { sourceVersion, type RecordSource } from "./record-source"

/**
 * The records that changed since a time and differ from their snapshots, in the order of their last change. Hand-written, because
 * it reads several modules of Medusa at once and compares them with the plugin's table.
 * @param from the time since which records changed; null compares all records
 * @param after the position to continue after; its time is that of the last change
 */
export async function selectChangedRecords(
  db: Db,
  source: RecordSource,
  { from, after, limit }: { from: Date | null; after: Position | null; limit: number }
): Promise<Position[]> {
  const { kind, table, present, confirmed, changedSince } = source
  return await rowsOf<Position>(
    db,
    `WITH latest AS (SELECT id, max(at) AS at FROM (${changedSince}) AS changed GROUP BY id)
     SELECT record.id, to_char(latest.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     FROM latest
     JOIN ${table} AS record ON record.id = latest.id
     LEFT JOIN odoo_snapshot AS seen
       ON seen.record_kind = :kind AND seen.record_id = record.id AND seen.deleted_at IS NULL
     WHERE ${present}
       AND (CAST(:afterTime AS timestamptz) IS NULL
         OR (latest.at, record.id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text)))
       AND CASE WHEN seen.id IS NULL THEN ${confirmed}
         ELSE seen.source_version IS DISTINCT FROM ${sourceVersion(source, "record.id")} END
     ORDER BY latest.at, record.id
     LIMIT :limit`,
    { kind, from: from ?? new Date(0), afterTime: after?.created_at ?? null, afterId: after?.id ?? null, limit }
  )
}
