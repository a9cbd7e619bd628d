import type { PageRequest, Position } from "../wire/list"
import { rowsOf, type Binding, type Db } from "./statement"

/** A list in SQL, of which a page is read. */
export type PagedList = {
  /** the columns that are read of each matching row while the page is found; few are faster */
  columns: string
  /** the further columns of the rows on the page, which are called `page`, and the joins for them */
  shown?: { columns: string; joined: string }
  /** the table, and the joins for the conditions */
  from: string
  /** the conditions, which must all hold; entries that are no text are left out */
  conditions: readonly (string | false | undefined)[]
  /** the order of the list: a time of creation, then an id. Neither is null, and together they are unique */
  createdAt: string
  id: string
}

/** A page, and the data for `listEnvelope`. */
export type Page<Row> = { rows: Row[]; total: number; hasMore: boolean; last: Position | null }

/** The condition that a row comes after the cursor of the page, which is bound as `:afterTime` and `:afterId`. */
export const behindCursor = (createdAt: string, id: string) =>
  `(${createdAt}, ${id}) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text))`

/** The `WHERE` of a list. */
const matching = ({ conditions }: PagedList) =>
  `WHERE ${["true", ...conditions.filter((condition) => typeof condition === "string")].join(" AND ")}`

/** Reads a page of a list in the order of creation, and counts all matching rows: two statements at the same time. */
export async function selectPage<Row extends object>(
  db: Db,
  list: PagedList,
  bindings: Readonly<Record<string, Binding>>,
  page: PageRequest
): Promise<Page<Row>> {
  const [[counted], rows] = await Promise.all([
    rowsOf<{ total: string }>(db, `SELECT count(*) AS total FROM ${list.from} ${matching(list)}`, bindings),
    selectPageRows<Row>(db, list, bindings, page),
  ])
  return { ...rows, total: Number(counted?.total ?? 0) }
}

/**
 * Reads a page as {@link selectPage} does, without counting. Hand-written, because Medusa's query can not filter by the plugin's
 * tables, sort by time and id, and start after a position. Medusa has no index for that order, so that each page reads all rows;
 * the further columns are therefore read only for the rows on the page.
 */
export async function selectPageRows<Row extends object>(
  db: Db,
  list: PagedList,
  bindings: Readonly<Record<string, Binding>>,
  page: PageRequest
): Promise<Omit<Page<Row>, "total">> {
  const { after, limit, offset } = page
  const rows = await rowsOf<Row & { position_time: string; position_id: string }>(
    db,
    `SELECT page.*, ${list.shown === undefined ? "" : `${list.shown.columns},`}
       to_char(page.position_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position_time
     FROM (
       SELECT ${list.columns}, ${list.createdAt} AS position_at, ${list.id} AS position_id
       FROM ${list.from} ${matching(list)}
       ${after === undefined ? "" : `AND ${behindCursor(list.createdAt, list.id)}`}
       ORDER BY ${list.createdAt}, ${list.id}
       LIMIT :limit OFFSET :offset
     ) AS page ${list.shown?.joined ?? ""}
     ORDER BY page.position_at, page.position_id`,
    { ...bindings, afterTime: after?.created_at ?? null, afterId: after?.id ?? null, limit: limit + 1, offset }
  )
  const shown = rows.slice(0, limit)
  const end = shown.at(-1)
  return {
    rows: shown,
    hasMore: rows.length > limit,
    last: end === undefined ? null : { created_at: end.position_time, id: end.position_id },
  }
}

/** A pattern for `ILIKE` that finds a text anywhere; `%`, `_` and `\` stand for themselves. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`
}
