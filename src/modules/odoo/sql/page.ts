import type { PageRequest, Position } from "../../../wire/list"
import { rowsOf, type Binding, type Db } from "./db"

/** A list that pages are cut from, in SQL. */
export type PagedList = {
  /** what is read of each row that matches, while the page is looked for: the less, the quicker */
  columns: string
  /** what is read beside that of the rows of the page alone, which are called `page`, and what is joined to them for it */
  shown?: { columns: string; joined: string }
  /** the table with what is joined to it for the conditions */
  from: string
  /** what narrows the list, all of it; one that is no text is left out */
  conditions: readonly (string | false | undefined)[]
  /** what the list is ordered by: when a row was made, then an id. Neither is ever null, together they are unique */
  createdAt: string
  id: string
}

/** A page, and what `listEnvelope` has to know of it. */
export type Page<Row> = { rows: Row[]; total: number; hasMore: boolean; last: Position | null }

/** That a row comes behind the cursor of the page, which is bound as `:afterTime` and `:afterId`. */
export const behindCursor = (createdAt: string, id: string) =>
  `(${createdAt}, ${id}) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text))`

/** What narrows a list, all of it. */
const matching = ({ conditions }: PagedList) =>
  `WHERE ${["true", ...conditions.filter((condition) => typeof condition === "string")].join(" AND ")}`

/**
 * One page of a list in the order of creation, with the number of all rows that match: two statements at the same time,
 * whatever the size of the page.
 */
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
 * The same without the number of all rows. Hand-written, because Medusa's query can not filter by our tables, count and
 * start behind a position in one go. Medusa has no index for that order, so that each row is looked at for each page;
 * what is shown is therefore read of those that the page has in the end.
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

/** A pattern for `ILIKE` that finds a text anywhere, taking `%`, `_` and `\` for the characters they are. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`
}
