import type { ReadTable } from "./columns"

/** A table of the newest Medusa in the form that an older Medusa has. */
type OlderTable = {
  /** the columns that only the older form has, by which it is recognized */
  needs: readonly (readonly [table: ReadTable, column: string])[]
  /** a query that reads the older form with the newest columns */
  sql: string
}

/** The tables that older versions of Medusa have in another form, by the names of the newest tables. */
export const OLDER_TABLES: Partial<Record<ReadTable, OlderTable>> = {
  // 2.13 has one set of adjustments for all versions of an order
  order_shipping_method_adjustment: {
    needs: [["order_shipping_method_adjustment", "shipping_method_id"]],
    sql: `SELECT adjustment.amount, adjustment.raw_amount, adjustment.shipping_method_id, adjustment.deleted_at, used.version
      FROM order_shipping_method_adjustment AS adjustment
      JOIN order_shipping AS used ON used.shipping_method_id = adjustment.shipping_method_id AND used.deleted_at IS NULL`,
  },
  // up to 2.15 an option belongs to one product
  product_product_option: {
    needs: [["product_option", "product_id"]],
    sql: `SELECT id, product_id, id AS product_option_id, created_at, deleted_at FROM product_option`,
  },
  product_product_option_value: {
    needs: [["product_option", "product_id"]],
    sql: `SELECT option_id AS product_product_option_id, id AS product_option_value_id, deleted_at FROM product_option_value`,
  },
}
