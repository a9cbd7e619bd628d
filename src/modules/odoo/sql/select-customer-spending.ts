import { CURRENCY_DECIMALS, DEFAULT_DECIMALS } from "../../../wire/money"
import { rowsOf, type Db } from "./db"

export type CustomerSpendingRow = {
  customer_id: string
  currency_code: string
  order_count: number
  /** a decimal, in major units */
  total_spent: string
}

/**
 * What these customers have bought, by currency, in one statement for all of them. Hand-written, because Medusa would
 * load and calculate every order. It keeps an order's total beside each version of the order; that is read here, and
 * rounded as the order's document shows it. Canceled orders and drafts do not count, archived ones do, unless they
 * were canceled before.
 */
export function selectCustomerSpending(db: Db, customerIds: readonly string[]): Promise<CustomerSpendingRow[]> {
  return rowsOf<CustomerSpendingRow>(
    db,
    `SELECT "order".customer_id,
       "order".currency_code,
       CAST(count(*) AS integer) AS order_count,
       coalesce(sum(round(
         CAST(summary.totals -> 'raw_current_order_total' ->> 'value' AS numeric),
         coalesce(CAST(CAST(:decimals AS jsonb) ->> lower("order".currency_code) AS integer), :defaultDecimals)
       )), 0) AS total_spent
     FROM "order"
     LEFT JOIN order_summary AS summary
       ON summary.order_id = "order".id AND summary.version = "order".version AND summary.deleted_at IS NULL
     WHERE "order".customer_id = ANY(:customerIds)
       AND "order".deleted_at IS NULL
       AND "order".is_draft_order = false
       AND "order".status NOT IN ('canceled', 'draft')
       AND "order".canceled_at IS NULL
     GROUP BY "order".customer_id, "order".currency_code
     ORDER BY "order".customer_id, "order".currency_code`,
    { customerIds, decimals: JSON.stringify(CURRENCY_DECIMALS), defaultDecimals: DEFAULT_DECIMALS }
  )
}
