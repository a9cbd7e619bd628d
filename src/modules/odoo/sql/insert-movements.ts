import { generateEntityId } from "@medusajs/framework/utils"

import { rowsOf, type Db } from "./db"

/** Pieces of an inventory item that leave the stock for an order's line. */
export type NewMovement = {
  line_item_id: string
  inventory_item_id: string
  location_id: string
  quantity: number
}

/** Notes what leaves the stock. Hand-written, because it shares the transaction of the levels. */
export async function insertMovements(db: Db, orderId: string, movements: readonly NewMovement[]): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_movement (id, order_id, line_item_id, inventory_item_id, location_id, quantity, via)
     SELECT id, :orderId, line, item, location, quantity, 'reduce'
     FROM unnest(
       CAST(:ids AS text[]), CAST(:lines AS text[]), CAST(:items AS text[]), CAST(:locations AS text[]), CAST(:quantities AS integer[])
     ) AS moved (id, line, item, location, quantity)`,
    {
      orderId,
      ids: movements.map(() => generateEntityId(undefined, "omov")),
      lines: movements.map(({ line_item_id }) => line_item_id),
      items: movements.map(({ inventory_item_id }) => inventory_item_id),
      locations: movements.map(({ location_id }) => location_id),
      quantities: movements.map(({ quantity }) => quantity),
    }
  )
}
