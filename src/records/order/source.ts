import type { RecordSource } from "../../read-model/record-sources/record-source"

/** Orders without drafts. */
export const placed = (order: string) => `${order}.is_draft_order = false AND ${order}.deleted_at IS NULL`

/**
 * An order that its checkout can no longer delete. Medusa creates an order before its payment is authorized, and deletes the
 * order when the authorization fails. Without a sign of payment, that may happen for as long as Medusa holds the cart's lock.
 */
export const isPastCheckout = (order: string) => `${order}.created_at <= now() - interval '10 seconds' AND (
    ${order}.created_at <= now() - interval '2 minutes'
    OR NOT EXISTS (SELECT 1 FROM order_cart AS bought WHERE bought.order_id = ${order}.id)
    OR EXISTS (
      SELECT 1
      FROM order_payment_collection AS link JOIN payment_collection AS collection ON collection.id = link.payment_collection_id
      WHERE link.order_id = ${order}.id AND collection.status NOT IN ('not_paid', 'awaiting')
    )
  )`

/**
 * Postgres has another type for the order id of a link than for that of an order. With one type, it reads all tables of the union
 * in parallel.
 */
const LINKED_ORDER = "CAST(link.order_id AS text)"

/** Orders in Medusa's tables. Medusa does not update the order's own row when its payment or fulfillment changes. */
export const orderSource: RecordSource = {
  kind: "order",
  table: `"order"`,
  present: placed("record"),
  tellable: "true",
  confirmed: isPastCheckout("record"),
  // a canceled order needs no sale order any more
  wanted: "record.status <> 'canceled'",
  timesOf: (id) => `
    SELECT updated_at FROM "order" WHERE id = ${id}
    UNION ALL SELECT updated_at FROM order_item WHERE order_id = ${id} AND deleted_at IS NULL
    UNION ALL
    SELECT collection.updated_at
    FROM order_payment_collection AS link JOIN payment_collection AS collection ON collection.id = link.payment_collection_id
    WHERE link.order_id = ${id} AND link.deleted_at IS NULL
    UNION ALL
    SELECT fulfillment.updated_at
    FROM order_fulfillment AS link JOIN fulfillment ON fulfillment.id = link.fulfillment_id
    WHERE link.order_id = ${id} AND link.deleted_at IS NULL`,
  changedSince: `
    SELECT id, updated_at AS at FROM "order" WHERE updated_at >= :from
    UNION ALL SELECT order_id, updated_at FROM order_item WHERE updated_at >= :from
    UNION ALL
    SELECT ${LINKED_ORDER}, collection.updated_at
    FROM payment_collection AS collection JOIN order_payment_collection AS link ON link.payment_collection_id = collection.id
    WHERE collection.updated_at >= :from
    UNION ALL
    SELECT ${LINKED_ORDER}, fulfillment.updated_at
    FROM fulfillment JOIN order_fulfillment AS link ON link.fulfillment_id = fulfillment.id
    WHERE fulfillment.updated_at >= :from`,
}
