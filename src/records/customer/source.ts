import type { RecordSource } from "../../read-model/record-sources/record-source"
import { placed, isPastCheckout } from "../order/source"

/** A customer with an account, with an order, or created by an admin. A visitor who only typed an address into a cart is not a customer. */
const isCustomer = (bought: string) => `(
    record.has_account OR record.created_by IS NOT NULL
    OR EXISTS (SELECT 1 FROM "order" AS bought WHERE bought.customer_id = record.id AND ${bought})
  )`

/** Customers in Medusa's tables. Medusa does not update a customer whose address changes. A guest has the name of the last order. */
export const customerSource: RecordSource = {
  kind: "customer",
  table: "customer",
  present: "record.deleted_at IS NULL",
  tellable: isCustomer(placed("bought")),
  confirmed: isCustomer(`${placed("bought")} AND ${isPastCheckout("bought")}`),
  timesOf: (id) => `
    SELECT updated_at FROM customer WHERE id = ${id}
    UNION ALL SELECT updated_at FROM customer_address WHERE customer_id = ${id} AND deleted_at IS NULL
    UNION ALL
    SELECT bought.created_at
    FROM "order" AS bought JOIN customer AS guest ON guest.id = bought.customer_id AND guest.has_account = false
    WHERE bought.customer_id = ${id} AND ${placed("bought")}`,
  changedSince: `
    SELECT id, updated_at AS at FROM customer WHERE updated_at >= :from
    UNION ALL SELECT customer_id, updated_at FROM customer_address WHERE updated_at >= :from
    UNION ALL
    SELECT customer_id, created_at FROM "order" WHERE created_at >= :from AND customer_id IS NOT NULL`,
}
