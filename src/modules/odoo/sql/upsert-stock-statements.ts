import { generateEntityId } from "@medusajs/framework/utils"

import type { StockStatementTimes } from "../stock-types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Writes the times of the latest statements about levels. Hand-written, because it shares the transaction of
 * the levels, and for its `ON CONFLICT`: one statement for any number of levels.
 */
export async function upsertStockStatements(db: Db, times: readonly StockStatementTimes[]): Promise<void> {
  const date = (time: number | null) => (time === null ? "" : new Date(time).toISOString())
  await rowsOf(
    db,
    `INSERT INTO odoo_stock_statement (id, inventory_item_id, location_id, counted_at, on_hand_at, stated_at)
     SELECT id, item, location, CAST(nullif(counted, '') AS timestamptz), CAST(nullif(on_hand, '') AS timestamptz), CAST(stated AS timestamptz)
     FROM unnest(
       CAST(:ids AS text[]), CAST(:items AS text[]), CAST(:locations AS text[]), CAST(:counted AS text[]),
       CAST(:onHand AS text[]), CAST(:stated AS text[])
     ) AS given (id, item, location, counted, on_hand, stated)
     ON CONFLICT (inventory_item_id, location_id) WHERE deleted_at IS NULL
     DO UPDATE SET counted_at = excluded.counted_at, on_hand_at = excluded.on_hand_at, stated_at = excluded.stated_at, updated_at = now()`,
    {
      ids: times.map(() => generateEntityId(undefined, "osts")),
      items: times.map((time) => time.inventory_item_id),
      locations: times.map((time) => time.location_id),
      counted: times.map((time) => date(time.countedAt)),
      onHand: times.map((time) => date(time.onHandAt)),
      stated: times.map((time) => date(time.statedAt)),
    }
  )
}
