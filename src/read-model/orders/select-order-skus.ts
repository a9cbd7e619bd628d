import { rowsOf, type Db } from "../../database/statement"
import { IS_ONLY_VARIANT, LINES, OF_ORDER, PRODUCTS } from "./order-parts"

/** A line of an order: the SKU under which it was sold, and the id in Odoo that its variant or product stores, as text. */
export type OrderSkuRow = { sku: string; odoo_id: string | null }

/**
 * The SKUs and ids in Odoo of the lines in an order, also of lines whose product was deleted, without the lines that an edit removed,
 * which Medusa keeps with a quantity of 0. Hand-written, because Medusa's query does not read deleted products.
 */
export function selectOrderSkus(db: Db, orderId: string): Promise<OrderSkuRow[]> {
  return rowsOf<OrderSkuRow>(
    db,
    `SELECT coalesce(line.variant_sku, '') AS sku,
       coalesce(variant.metadata ->> 'odoo_id', CASE WHEN ${IS_ONLY_VARIANT} THEN product.metadata ->> 'odoo_id' END) AS odoo_id
     ${LINES}
     JOIN "order" ON "order".id = item.order_id
     ${PRODUCTS}
     ${OF_ORDER} AND "order".id = :orderId AND item.quantity <> 0`,
    { orderId }
  )
}
