import type { Position } from "../../wire/list"
import { rowsOf, type Db } from "../../database/statement"
import type { RecordSource } from "./record-source"

/** Selects records of the backlog: those created since a time, after a position. */
export type BacklogPage = { since: Date; after: Position | null; limit: number }

/** The condition that Odoo was never told of a record and does not have it. */
const unsent = ({ table, present, wanted = "true" }: RecordSource) => `
  FROM ${table} AS record
  JOIN odoo_snapshot AS seen
    ON seen.record_kind = :kind AND seen.record_id = record.id AND seen.deleted_at IS NULL
  WHERE record.created_at >= :since AND ${present} AND ${wanted} AND seen.announced_at IS NULL
    AND NOT EXISTS (
      SELECT 1 FROM odoo_link AS link
      WHERE link.record_kind = :kind AND link.record_id = record.id AND link.deleted_at IS NULL
    )`

/** The number of records in the backlog. Hand-written, because it compares a table of Medusa with the plugin's. */
export async function countBacklog(db: Db, source: RecordSource, since: Date): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(db, `SELECT CAST(count(*) AS integer) AS count ${unsent(source)}`, {
    kind: source.kind,
    since,
  })
  return row?.count ?? 0
}

/** A page of the backlog, the oldest first. */
export function selectBacklog(db: Db, source: RecordSource, { since, after, limit }: BacklogPage): Promise<Position[]> {
  return rowsOf<Position>(
    db,
    `SELECT record.id, to_char(record.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     ${unsent(source)}
       AND (CAST(:afterTime AS timestamptz) IS NULL
         OR (record.created_at, record.id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text)))
     ORDER BY record.created_at, record.id
     LIMIT :limit`,
    { kind: source.kind, since, afterTime: after?.created_at ?? null, afterId: after?.id ?? null, limit }
  )
}
