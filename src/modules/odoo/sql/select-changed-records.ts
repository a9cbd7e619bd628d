import type { Position } from "../../../wire/list"
import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"
import { RECORD_SOURCES, sourceMark } from "./record-sources"

/**
 * The records that changed since a time, other than what is known of them, in the order of their last change.
 * Hand-written, because it looks into several modules of Medusa at once and compares with our table.
 * @param from looks at what changed since then; null compares everything there is
 * @param after goes on behind this position; its time is that of the last change
 */
export async function selectChangedRecords(
  db: Db,
  kind: RecordKind,
  { from, after, limit }: { from: Date | null; after: Position | null; limit: number }
): Promise<Position[]> {
  const { table, present, settled, changedSince } = RECORD_SOURCES[kind]
  return await rowsOf<Position>(
    db,
    `WITH latest AS (SELECT id, max(at) AS at FROM (${changedSince}) AS changed GROUP BY id)
     SELECT record.id, to_char(latest.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     FROM latest
     JOIN ${table} AS record ON record.id = latest.id
     LEFT JOIN odoo_record_state AS state
       ON state.record_kind = :kind AND state.record_id = record.id AND state.deleted_at IS NULL
     WHERE ${present}
       AND (CAST(:afterTime AS timestamptz) IS NULL
         OR (latest.at, record.id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text)))
       AND CASE WHEN state.id IS NULL THEN ${settled}
         ELSE state.source_mark IS DISTINCT FROM ${sourceMark(kind, "record.id")} END
     ORDER BY latest.at, record.id
     LIMIT :limit`,
    { kind, from: from ?? new Date(0), afterTime: after?.created_at ?? null, afterId: after?.id ?? null, limit }
  )
}
