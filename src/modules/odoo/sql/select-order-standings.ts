import type { StoredOrder, StoredStanding } from "../../../wire/stored-order"
import { rowsOf, type Db } from "./db"
import { jsonList } from "./json"
import { digits, fulfilments, LINES, OF_ORDER, paymentCollections } from "./order-parts"

/** How far an order has come, as far as that is stored. */
export type StandingRow = Pick<StoredOrder, "id" | "display_id" | "status"> & StoredStanding

/**
 * How far orders have come, in one statement, whatever their number; in any order. Hand-written for the same reason as
 * the whole orders are, because a sweep reads them by the hundred.
 */
export function selectOrderStandings(db: Db, ids: readonly string[]): Promise<StandingRow[]> {
  return rowsOf<StandingRow>(
    db,
    `SELECT "order".id, "order".display_id, "order".status, "order".currency_code,
       ${jsonList(
         `json_build_object('quantity', ${digits("item", "quantity")},
           'detail', json_build_object('fulfilled_quantity', ${digits("item", "fulfilled_quantity")}))`,
         `${LINES} ${OF_ORDER}`
       )} AS items,
       ${paymentCollections()} AS payment_collections,
       ${fulfilments()} AS fulfillments
     FROM "order"
     WHERE "order".id = ANY(:ids) AND "order".deleted_at IS NULL`,
    { ids }
  )
}
