import { rowsOf, type Db } from "../../database/statement"

/** The object that a hint names where it does not name the order. */
export type OrderPart = "fulfillment" | "payment"

const ORDERS_OF: Readonly<Record<OrderPart, string>> = {
  fulfillment: "SELECT order_id AS id FROM order_fulfillment WHERE fulfillment_id = :id AND deleted_at IS NULL",
  payment: `SELECT link.order_id AS id
    FROM payment JOIN order_payment_collection AS link ON link.payment_collection_id = payment.payment_collection_id
    WHERE payment.id = :id AND link.deleted_at IS NULL`,
}

/** The orders that a fulfillment or a payment belongs to. Hand-written, because Medusa's query finds them only one way round. */
export async function selectOrdersOf(db: Db, part: OrderPart, id: string): Promise<string[]> {
  return (await rowsOf<{ id: string }>(db, ORDERS_OF[part], { id })).map((row) => row.id)
}
