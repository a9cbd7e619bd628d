import { rowsOf, type Db } from "./db"

/** What a guest has called themselves at their last order. */
export type GuestNameRow = { customer_id: string; first_name: string | null; last_name: string | null; phone: string | null }

/**
 * The names of those of these customers who have none of their own: Medusa keeps nothing of a guest but the e-mail, and
 * the rest stands in the addresses of their orders. Hand-written, because it takes the last order of each.
 */
export function selectGuestNames(db: Db, customerIds: readonly string[]): Promise<GuestNameRow[]> {
  return rowsOf<GuestNameRow>(
    db,
    `SELECT DISTINCT ON (customer.id) customer.id AS customer_id, address.first_name, address.last_name,
       coalesce(nullif(customer.phone, ''), address.phone) AS phone
     FROM customer
     JOIN "order" ON "order".customer_id = customer.id AND "order".is_draft_order = false AND "order".deleted_at IS NULL
     JOIN order_address AS address ON address.id = coalesce("order".shipping_address_id, "order".billing_address_id)
     WHERE customer.id = ANY(:customerIds) AND customer.has_account = false
       AND coalesce(customer.first_name, '') = '' AND coalesce(customer.last_name, '') = ''
     ORDER BY customer.id, "order".created_at DESC, "order".id`,
    { customerIds }
  )
}
