import type { OnlyRows } from "../../database/statement"
import { jsonList, jsonOf } from "../json"

/**
 * Parts of the SQL statements that read orders, for the row `"order"` of the outer query. Like Medusa's query, they read rows that
 * are not deleted, and of versioned rows those of the order's present version.
 */

/** An amount or a quantity as text with all its digits, from `raw_…`; the plain column is rounded. */
export const digits = (row: string, column: string) => `coalesce(${row}.raw_${column} ->> 'value', CAST(${row}.${column} AS text))`

/** The lines of an order: `item` has the numbers of a version of the order, `line` the members that all versions share. */
export const LINES = `FROM order_item AS item
    JOIN order_line_item AS line ON line.id = item.item_id AND line.deleted_at IS NULL`

/** The condition that a line belongs to the present version of an order. */
export const OF_ORDER = `WHERE item.order_id = "order".id AND item.version = "order".version AND item.deleted_at IS NULL`

/** Joins the variants and products of lines, also deleted ones. */
export const PRODUCTS = `LEFT JOIN product_variant AS variant ON variant.id = line.variant_id
     LEFT JOIN product ON product.id = variant.product_id`

/**
 * Whether the product has an id in Odoo and this is its only variant, or was when the product was deleted. Then the id is the
 * variant's too. The id of a product with several variants says nothing about one of them.
 */
export const IS_ONLY_VARIANT = `product.metadata -> 'odoo_id' IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM product_variant AS other
  WHERE other.product_id = product.id AND other.id <> variant.id AND (other.deleted_at IS NULL OR other.deleted_at >= variant.deleted_at))`

const COLLECTION_AMOUNTS = ["amount", "captured_amount", "refunded_amount"].map(
  (column) => `'${column}', ${digits("collection", column)}`
)

/** The payment collections of an order, from which its payment status is derived. */
export const paymentCollections = (...others: string[]) =>
  jsonList(
    jsonOf("collection", ["status"], ...COLLECTION_AMOUNTS, ...others),
    `FROM order_payment_collection AS paid
     JOIN payment_collection AS collection ON collection.id = paid.payment_collection_id AND collection.deleted_at IS NULL
     WHERE paid.order_id = "order".id AND paid.deleted_at IS NULL`,
    " ORDER BY collection.id"
  )

/** The fulfillments of an order, from which its fulfillment status is derived. */
export const fulfillments = (...others: string[]) =>
  jsonList(
    jsonOf("fulfillment", ["id", "packed_at", "shipped_at", "delivered_at", "canceled_at"], ...others),
    `FROM order_fulfillment AS sent
     JOIN fulfillment ON fulfillment.id = sent.fulfillment_id AND fulfillment.deleted_at IS NULL
     WHERE sent.order_id = "order".id AND sent.deleted_at IS NULL`,
    " ORDER BY fulfillment.id"
  )

/** The rows of orders and of what hangs on them, where not the whole tables have to be read. */
export function rowsOfOrders(ids: readonly string[]): OnlyRows {
  const ofOrders = { order_id: ids }
  return {
    order: { id: ids },
    order_item: ofOrders,
    order_shipping: ofOrders,
    order_credit_line: ofOrders,
    order_payment_collection: ofOrders,
    order_fulfillment: ofOrders,
  }
}
