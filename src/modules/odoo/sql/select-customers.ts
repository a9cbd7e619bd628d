import { ADDRESS_FIELDS } from "../../../wire/address"
import type { CustomerSource } from "../../../wire/customer-document"
import { rowsOf, type Db } from "./db"
import { jsonList, jsonOf } from "./json"

/**
 * Customers with their addresses, in one statement, whatever their number; in any order. Hand-written, because Medusa's
 * query makes objects of the rows, which takes several times as long as reading them.
 */
export function selectCustomers(db: Db, ids: readonly string[]): Promise<CustomerSource[]> {
  return rowsOf<CustomerSource>(
    db,
    `SELECT customer.id, customer.email, customer.first_name, customer.last_name, customer.phone, customer.company_name,
       customer.has_account, customer.created_at, customer.updated_at, customer.metadata,
       ${jsonList(
         jsonOf("address", ["id", ...ADDRESS_FIELDS, "is_default_shipping", "is_default_billing"]),
         "FROM customer_address AS address WHERE address.customer_id = customer.id AND address.deleted_at IS NULL"
       )} AS addresses
     FROM customer
     WHERE customer.id = ANY(:ids) AND customer.deleted_at IS NULL`,
    { ids }
  )
}
