import type { Position } from "../../../wire/list"
import { rowsOf, type Db } from "./db"

/** Which orders a page is cut from; what is undefined does not narrow it. */
export type OrderFilters = {
  status?: readonly string[] | undefined
  dateFrom?: Date | undefined
  dateTo?: Date | undefined
  updatedSince?: Date | undefined
  synced?: boolean | undefined
}

export type OrderPage = { total: number; hasMore: boolean; positions: Position[] }

/**
 * One page of order ids in the order of their creation, with the number of all that match. Hand-written, because
 * Medusa's query can not filter orders by our link table, count them and start behind a position in one go.
 *
 * Drafts are no orders yet: they are listed only where their status is asked for.
 */
export async function selectOrderPage(
  db: Db,
  input: { filters: OrderFilters; after?: Position | undefined; limit: number; offset: number }
): Promise<OrderPage> {
  const { filters, after, limit, offset } = input
  const conditions = [
    `"order".deleted_at IS NULL`,
    filters.status === undefined ? `"order".is_draft_order = false` : `"order".status::text = ANY(:status)`,
    filters.dateFrom && `"order".created_at >= :dateFrom`,
    // times given to the millisecond stand for the whole millisecond
    filters.dateTo && `"order".created_at < CAST(:dateTo AS timestamptz) + interval '1 millisecond'`,
    filters.updatedSince && `"order".updated_at >= :updatedSince`,
    filters.synced !== undefined && `(link.id IS NOT NULL) = :synced`,
  ].filter((condition) => typeof condition === "string")
  const matching = `
    FROM "order"
    LEFT JOIN odoo_link AS link
      ON link.record_kind = 'order' AND link.record_id = "order".id AND link.deleted_at IS NULL
    WHERE ${conditions.join(" AND ")}`
  const bindings = {
    status: filters.status ?? null,
    dateFrom: filters.dateFrom ?? null,
    dateTo: filters.dateTo ?? null,
    updatedSince: filters.updatedSince ?? null,
    synced: filters.synced ?? null,
    afterTime: after?.created_at ?? null,
    afterId: after?.id ?? null,
    limit: limit + 1,
    offset,
  }
  const [counted] = await rowsOf<{ total: string }>(db, `SELECT count(*) AS total ${matching}`, bindings)
  const rows = await rowsOf<Position>(
    db,
    `SELECT "order".id, to_char("order".created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     ${matching}
     ${after === undefined ? "" : `AND ("order".created_at, "order".id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text))`}
     ORDER BY "order".created_at, "order".id
     LIMIT :limit OFFSET :offset`,
    bindings
  )
  return { total: Number(counted?.total ?? 0), hasMore: rows.length > limit, positions: rows.slice(0, limit) }
}
