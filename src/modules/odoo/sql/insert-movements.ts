import { generateEntityId } from "@medusajs/framework/utils"

import { rowsOf, type Db } from "./db"

/** By which way pieces have left the stock: with a reduction, or with a fulfilment of Medusa's. */
export type MovementWay = "reduce" | "fulfilment"

/** Pieces of an inventory item that have left the stock for an order's line; a negative quantity takes back. */
export type Movement = {
  line_item_id: string
  inventory_item_id: string
  /** null for those that went with a fulfilment */
  location_id: string | null
  quantity: number
  /** how many pieces of the stock make one of the line */
  per_piece: number
  via: MovementWay
}

/**
 * Enters what has left the stock into an order's books, as unsettled. Hand-written, because it shares the transaction
 * of the levels.
 */
export async function insertMovements(db: Db, orderId: string, movements: readonly Movement[]): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_movement
       (id, order_id, line_item_id, inventory_item_id, location_id, quantity, per_piece, via, unsettled_since)
     SELECT id, :orderId, line, item, nullif(location, ''), quantity, per_piece, via, now()
     FROM unnest(
       CAST(:ids AS text[]), CAST(:lines AS text[]), CAST(:items AS text[]), CAST(:locations AS text[]),
       CAST(:quantities AS integer[]), CAST(:perPiece AS integer[]), CAST(:ways AS text[])
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
