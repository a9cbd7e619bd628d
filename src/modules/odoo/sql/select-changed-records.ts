import type { Position } from "../../../wire/list"
import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"
import { RECORD_SOURCES, sourceMark } from "./record-sources"

/**
 * What is new must have settled. Medusa makes an order before its payment is authorised and takes it back when that
 * fails, and it makes a guest before the cart is theirs. Where nothing shows that the payment is through, that may take
 * as long as Medusa holds a cart's lock.
 */
const SETTLED: Readonly<Record<RecordKind, string>> = {
  order: `record.created_at <= now() - interval '10 seconds' AND (
    record.created_at <= now() - interval '2 minutes'
    OR NOT EXISTS (SELECT 1 FROM order_cart AS bought WHERE bought.order_id = record.id)
    OR EXISTS (
      SELECT 1
      FROM order_payment_collection AS link JOIN payment_collection AS collection ON collection.id = link.payment_collection_id
      WHERE link.order_id = record.id AND collection.status NOT IN ('not_paid', 'awaiting')
    )
  )`,
  customer: `record.created_at <= now() - interval '10 seconds'`,
}

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
  const { table, tellable, changedSince } = RECORD_SOURCES[kind]
  return await rowsOf<Position>(
    db,
    `WITH latest AS (SELECT id, max(at) AS at FROM (${changedSince}) AS changed GROUP BY id)
     SELECT record.id, to_char(latest.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
     FROM latest
     JOIN ${table} AS record ON record.id = latest.id
     LEFT JOIN odoo_record_state AS state
       ON state.record_kind = :kind AND state.record_id = record.id AND state.deleted_at IS NULL
     WHERE (CAST(:afterTime AS timestamptz) IS NULL
         OR (latest.at, record.id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS text)))
       AND CASE WHEN state.id IS NULL THEN ${tellable} AND ${SETTLED[kind]}
         ELSE record.deleted_at IS NULL AND state.source_mark IS DISTINCT FROM ${sourceMark(kind, "record.id")} END
     ORDER BY latest.at, record.id
     LIMIT :limit`,
    { kind, from: from ?? new Date(0), afterTime: after?.created_at ?? null, afterId: after?.id ?? null, limit }
  )
}
