import type { Position } from "../../wire/list"
import { rowsOf, type Db } from "../../database/statement"
import type { Destination } from "../../modules/odoo/types"
import type { RecordSource } from "./record-source"

/** The only destination of a backlog, and whether it is Odoo. */
export type BacklogDestination = Pick<Destination, "id" | "is_odoo">

/**
 * Selects records of the backlog: those created since a time, after a position. Without a destination, these are records that
 * nobody was told of; with one, records that this destination was not told of, whatever others were told.
 */
export type BacklogPage = { since: Date; after: Position | null; limit: number; destination?: BacklogDestination | undefined }

/** The condition that Odoo has no record of this one. */
const UNLINKED = `NOT EXISTS (
      SELECT 1 FROM odoo_link AS link
      WHERE link.record_kind = :kind AND link.record_id = record.id AND link.deleted_at IS NULL
    )`

/**
 * The conditions that a record was never told of. The snapshot says it, and not the deliveries: these are removed some time after
 * they were delivered, and what was told would be told again.
 */
function untold(destination: BacklogDestination | undefined): string {
  if (destination === undefined) {
    return `seen.announced_at IS NULL AND ${UNLINKED}`
  }
  const isNew = "(:destination = ANY(seen.announced_to)) IS NOT TRUE"
  return destination.is_odoo ? `${isNew} AND ${UNLINKED}` : isNew
}

/** The records of the backlog. */
const backlog = ({ table, present, wanted = "true" }: RecordSource, destination: BacklogDestination | undefined) => `
  FROM ${table} AS record
  JOIN odoo_snapshot AS seen
    ON seen.record_kind = :kind AND seen.record_id = record.id AND seen.deleted_at IS NULL
  WHERE record.created_at >= :since AND ${present} AND ${wanted} AND ${untold(destination)}`

/** The number of records in the backlog. Hand-written, because it compares a table of Medusa with the plugin's. */
export async function countBacklog(db: Db, source: RecordSource, since: Date, destination?: BacklogDestination): Promise<number> {
  const statement = `SELECT CAST(count(*) AS integer) AS count ${backlog(source, destination)}`
  const [row] = await rowsOf<{ count: number }>(db, statement, { kind: source.kind, since, destination: destination?.id ?? null })
  return row?.count ?? 0
}

/** A page of the backlog, the oldest first. */
export function selectBacklog(db: Db, source: RecordSource, { since, after, limit, destination }: BacklogPage): Promise<Position[]> {
  return rowsOf<Position>(
    db,
    `SELECT record.id, to_char(record.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     ${backlog(source, destination)}
       AND (CAST(:afterTime AS timestamptz) IS NULL
         OR (record.created_at, record.id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text)))
     ORDER BY record.created_at, record.id
     LIMIT :limit`,
    {
      kind: source.kind, since, afterTime: after?.created_at ?? null, afterId: after?.id ?? null, limit,
      destination: destination?.id ?? null,
    }
  )
}
