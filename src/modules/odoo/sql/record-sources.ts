import type { RecordKind } from "../types"

/**
 * Where a record's document is read from, in SQL. Medusa does not touch an order whose payment or fulfilment changes,
 * nor a customer whose address does.
 */
type Sources = {
  /** the table of the records themselves */
  table: string
  /** which of them there are */
  present: string
  /** which of them Odoo is told of, without anything that says so */
  tellable: string
  /** which of those are there to stay */
  settled: string
  /** the times of all rows that belong to the record with an id, in a column each */
  timesOf: (id: string) => string
  /** the records to which a row belongs that was changed since `:from`, and when */
  changedSince: string
}

/** Drafts are no orders yet. */
const placed = (order: string) => `${order}.is_draft_order = false AND ${order}.deleted_at IS NULL`

/**
 * An order that its checkout does not take back any more. Medusa makes an order before its payment is authorised, and
 * takes it back when that fails. Where nothing shows that the payment is through, that may take as long as Medusa holds
 * a cart's lock.
 */
const settled = (order: string) => `${order}.created_at <= now() - interval '10 seconds' AND (
    ${order}.created_at <= now() - interval '2 minutes'
    OR NOT EXISTS (SELECT 1 FROM order_cart AS bought WHERE bought.order_id = ${order}.id)
    OR EXISTS (
      SELECT 1
      FROM order_payment_collection AS link JOIN payment_collection AS collection ON collection.id = link.payment_collection_id
      WHERE link.order_id = ${order}.id AND collection.status NOT IN ('not_paid', 'awaiting')
    )
  )`

/** Links name orders in a type of their own; where all have one type, Postgres looks into all tables at the same time. */
const LINKED_ORDER = "CAST(link.order_id AS text)"

const orders: Sources = {
  table: `"order"`,
  present: placed("record"),
  tellable: "true",
  settled: settled("record"),
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

/** A visitor who has only typed an address into a cart is nobody's customer yet. */
const isCustomer = (bought: string) => `(
    record.has_account OR record.created_by IS NOT NULL
    OR EXISTS (SELECT 1 FROM "order" AS bought WHERE bought.customer_id = record.id AND ${bought})
  )`

const customers: Sources = {
  table: "customer",
  present: "record.deleted_at IS NULL",
  tellable: isCustomer(placed("bought")),
  settled: isCustomer(`${placed("bought")} AND ${settled("bought")}`),
  timesOf: (id) => `
    SELECT updated_at FROM customer WHERE id = ${id}
    UNION ALL SELECT updated_at FROM customer_address WHERE customer_id = ${id} AND deleted_at IS NULL
    UNION ALL
    SELECT bought.created_at
    FROM "order" AS bought JOIN customer AS guest ON guest.id = bought.customer_id AND guest.has_account = false
    WHERE bought.customer_id = ${id} AND ${placed("bought")}`,
  // a guest is called as at the last order
  changedSince: `
    SELECT id, updated_at AS at FROM customer WHERE updated_at >= :from
    UNION ALL SELECT customer_id, updated_at FROM customer_address WHERE updated_at >= :from
    UNION ALL
    SELECT customer_id, created_at FROM "order" WHERE created_at >= :from AND customer_id IS NOT NULL`,
}

export const RECORD_SOURCES: Readonly<Record<RecordKind, Sources>> = { order: orders, customer: customers }

/**
 * The mark of a record: how many rows it is read from, and the sum of their times. It is another one after any change,
 * also when a transaction that began earlier ends later, which the latest time alone would not show.
 */
export const sourceMark = (kind: RecordKind, id: string) => `(
  SELECT count(*) || '/' || sum(round(extract(epoch FROM source.at) * 1000000))
  FROM (${RECORD_SOURCES[kind].timesOf(id)}) AS source(at)
)`
