import type { Position } from "../../../wire/list"
import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"
import { RECORD_SOURCES } from "./record-sources"

/** Which records of the backlog: made since a time, and behind a position. */
export type BacklogPage = { since: Date; after: Position | null; limit: number }

/** A record that Odoo was never told of and does not have. A canceled order needs no sale order any more. */
const unsent = (kind: RecordKind) => `
  FROM ${RECORD_SOURCES[kind].table} AS record
  JOIN odoo_record_state AS state
    ON state.record_kind = :kind AND state.record_id = record.id AND state.deleted_at IS NULL
  WHERE record.created_at >= :since AND ${RECORD_SOURCES[kind].present} AND state.announced_at IS NULL
    ${kind === "order" ? "AND record.status <> 'canceled'" : ""}
    AND NOT EXISTS (
      SELECT 1 FROM odoo_link AS link
      WHERE link.record_kind = :kind AND link.record_id = record.id AND link.deleted_at IS NULL
    )`

/** How many records the backlog has. Hand-written, because it compares a table of Medusa with ours. */
export async function countBacklog(db: Db, kind: RecordKind, since: Date): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(db, `SELECT CAST(count(*) AS integer) AS count ${unsent(kind)}`, { kind, since })
  return row?.count ?? 0
}

/** A page of the backlog, the oldest first. */
export function selectBacklog(db: Db, kind: RecordKind, { since, after, limit }: BacklogPage): Promise<Position[]> {
  return rowsOf<Position>(
    db,
    `SELECT record.id, to_char(record.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     ${unsent(kind)}
       AND (CAST(:afterTime AS timestamptz) IS NULL
         OR (record.created_at, record.id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text)))
     ORDER BY record.created_at, record.id
     LIMIT :limit`,
    { kind, since, afterTime: after?.created_at ?? null, afterId: after?.id ?? null, limit }
  )
}
