import { setTimeout as pause } from "timers/promises"

import type { Ledger } from "./ledger"
import type { ProcessShop } from "./process-shop"
import { problemsOf, type Truth } from "./verdict"

/**
 * How long nothing may arrive at the end before what is missing counts as lost; milliseconds. Longer than any lease or
 * retry, and than the two minutes for which the sweep leaves an order alone that has not been paid: a process that is
 * killed in the middle of a checkout leaves one behind, beside the one that the shopper makes then.
 */
const QUIET_MS = 150_000

async function truthOf(shop: ProcessShop, url: string): Promise<Truth> {
  const standing = await shop.query<{ id: string }>(`SELECT id FROM "order" WHERE is_draft_order = false AND deleted_at IS NULL`)
  const ids = new Set(standing.map(({ id }) => id))
  const customers = await shop.query<{ customer_id: string }>(
    `SELECT DISTINCT customer_id FROM "order" WHERE is_draft_order = false AND deleted_at IS NULL AND customer_id IS NOT NULL`
  )
  const orders = await shop.admin(url).standings()
  return {
    orders: orders.filter(({ id }) => ids.has(id)),
    customers: customers.map((row) => row.customer_id),
    events: await shop.query("SELECT event_id AS id, record_id, status FROM odoo_delivery WHERE deleted_at IS NULL ORDER BY sequence"),
  }
}

/**
 * Waits until a receiver has been told everything, or until nothing has arrived for long.
 * @param url one of the shop's instances
 * @returns what the shop says then, and what is wrong with what has arrived
 */
export async function settle(shop: ProcessShop, url: string, ledger: Ledger): Promise<{ truth: Truth; problems: string[] }> {
  for (let seen = -1, since = Date.now(); ; ) {
    const truth = await truthOf(shop, url)
    const problems = problemsOf(truth, ledger)
    if (ledger.attempts !== seen) {
      seen = ledger.attempts
      since = Date.now()
    }
    if (problems.length === 0 || Date.now() - since > QUIET_MS) {
      return { truth, problems }
    }
    await pause(500)
  }
}
