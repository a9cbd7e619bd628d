import { generateEntityId } from "@medusajs/framework/utils"

import type { Movement } from "../stock-types"
import { rowsOf, type Db } from "../../../database/statement"

/** A number as Medusa keeps it beside its column, with all its digits. */
const raw = (column: string) => `jsonb_build_object('value', CAST(${column} AS text), 'precision', 20)`

/**
 * Inserts entries into the stock ledger of an order, which becomes unreconciled. Hand-written, because the statement shares
 * the transaction of the levels.
 */
export async function insertMovements(db: Db, orderId: string, movements: readonly Movement[]): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_movement
       (id, order_id, line_item_id, inventory_item_id, location_id, quantity, raw_quantity, per_piece, raw_per_piece, via,
         unsettled_since)
     SELECT id, :orderId, line, item, nullif(location, ''), quantity, ${raw("quantity")}, per_piece, ${raw("per_piece")}, via, now()
     FROM unnest(
       CAST(:ids AS text[]), CAST(:lines AS text[]), CAST(:items AS text[]), CAST(:locations AS text[]),
       CAST(:quantities AS numeric[]), CAST(:perPiece AS numeric[]), CAST(:ways AS text[])
     ) AS moved (id, line, item, location, quantity, per_piece, via)`,
    {
      orderId,
      ids: movements.map(() => generateEntityId(undefined, "omov")),
      lines: movements.map(({ line_item_id }) => line_item_id),
      items: movements.map(({ inventory_item_id }) => inventory_item_id),
      locations: movements.map(({ location_id }) => location_id ?? ""),
      quantities: movements.map(({ quantity }) => quantity),
      perPiece: movements.map(({ per_piece }) => per_piece),
      ways: movements.map(({ via }) => via),
    }
  )
}
