import { jsonList, jsonOf } from "./json"

/**
 * Parts of the statements that read orders, for the row of `"order"` that they stand beside. They read what Medusa's
 * query reads: rows that are not deleted, and the present version of what is kept for each version of an order.
 */

/** An amount or a quantity as text, with all its digits: `raw_…` holds them, the column beside it a rounded number. */
export const digits = (row: string, column: string) => `coalesce(${row}.raw_${column} ->> 'value', CAST(${row}.${column} AS text))`

/** What Medusa shows as a line: `item` keeps its numbers of a version, `line` what stays through all of them. */
export const LINES = `FROM order_item AS item
    JOIN order_line_item AS line ON line.id = item.item_id AND line.deleted_at IS NULL`

/** Which of those are an order's. */
export const OF_ORDER = `WHERE item.order_id = "order".id AND item.version = "order".version AND item.deleted_at IS NULL`

const STANDING_COLLECTION = ["amount", "captured_amount", "refunded_amount"].map(
  (column) => `'${column}', ${digits("collection", column)}`
)

/** The payment collections of an order, as its payment status is told from them. */
export const paymentCollections = (...others: string[]) =>
  jsonList(
    jsonOf("collection", ["status"], ...STANDING_COLLECTION, ...others),
    `FROM order_payment_collection AS paid
     JOIN payment_collection AS collection ON collection.id = paid.payment_collection_id AND collection.deleted_at IS NULL
     WHERE paid.order_id = "order".id AND paid.deleted_at IS NULL`,
    " ORDER BY collection.id"
  )

/** The fulfilments of an order, as its fulfilment status is told from them. */
export const fulfilments = (...others: string[]) =>
  jsonList(
    jsonOf("fulfillment", ["id", "packed_at", "shipped_at", "delivered_at", "canceled_at"], ...others),
    `FROM order_fulfillment AS sent
     JOIN fulfillment ON fulfillment.id = sent.fulfillment_id AND fulfillment.deleted_at IS NULL
     WHERE sent.order_id = "order".id AND sent.deleted_at IS NULL`,
    " ORDER BY fulfillment.id"
  )
