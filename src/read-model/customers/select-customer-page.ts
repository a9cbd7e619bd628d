import type { PageRequest } from "../../wire/list"
import type { Db } from "../../database/statement"
import { containing, selectPage, type Page } from "../../database/page"

/** The filters of a list of customers; undefined ones do not apply. */
export type CustomerFilters = {
  createdAfter?: Date | undefined
  updatedSince?: Date | undefined
  /** a part of the e-mail address, in any case */
  email?: string | undefined
  /** a part of the customer's phone or of that of an address */
  phone?: string | undefined
}

const ADDRESS_OF_CUSTOMER = `SELECT 1 FROM customer_address AS address WHERE address.customer_id = customer.id`

/**
 * The condition that an order of the customer changed: the list shows sums of the orders. Uncorrelated, so that Postgres runs the
 * subquery once.
 */
const BOUGHT_SINCE = `customer.id IN (
    SELECT "order".customer_id FROM "order" WHERE "order".updated_at >= :updatedSince AND "order".customer_id IS NOT NULL
  )`

/**
 * The condition that an order of the customer was transferred to another customer. Medusa stores the new owner, and of the former
 * one only the e-mail address of the order. The former owner may be the owner of an earlier transfer, the customer of the order's
 * cart, or any customer with that address. So a customer may be found who has not changed.
 */
const TRANSFERRED_SINCE = `customer.id IN (
    SELECT owner.id
    FROM order_change AS change
    JOIN order_change_action AS transfer
      ON transfer.order_change_id = change.id AND transfer.action = 'TRANSFER_CUSTOMER' AND transfer.deleted_at IS NULL
    CROSS JOIN LATERAL (
      SELECT earlier.reference_id AS id FROM order_change_action AS earlier
      WHERE earlier.order_id = change.order_id AND earlier.action = 'TRANSFER_CUSTOMER' AND earlier.deleted_at IS NULL
      UNION ALL
      SELECT cart.customer_id FROM order_cart JOIN cart ON cart.id = order_cart.cart_id
      WHERE order_cart.order_id = change.order_id AND order_cart.deleted_at IS NULL
      UNION ALL
      SELECT namesake.id FROM customer AS namesake
      WHERE namesake.email IN (transfer.details ->> 'original_email', lower(transfer.details ->> 'original_email')) AND namesake.deleted_at IS NULL
    ) AS owner
    WHERE change.change_type = 'transfer' AND change.confirmed_at >= :updatedSince AND change.deleted_at IS NULL
      AND owner.id IS NOT NULL
  )`

/**
 * One page of customer ids, guests included. Hand-written, because a customer counts as changed also when an address or an order
 * changes, and because Medusa's query can not search the phones of customers and addresses together.
 */
export function selectCustomerPage(db: Db, filters: CustomerFilters, page: PageRequest): Promise<Page<{ id: string }>> {
  return selectPage(
    db,
    {
      columns: "customer.id",
      from: "customer",
      conditions: [
        "customer.deleted_at IS NULL",
        filters.createdAfter && "customer.created_at >= :createdAfter",
        filters.updatedSince &&
          `(customer.updated_at >= :updatedSince OR EXISTS (${ADDRESS_OF_CUSTOMER} AND address.updated_at >= :updatedSince)
            OR ${BOUGHT_SINCE} OR ${TRANSFERRED_SINCE})`,
        filters.email && "customer.email ILIKE :email",
        filters.phone &&
          `(customer.phone ILIKE :phone
            OR EXISTS (${ADDRESS_OF_CUSTOMER} AND address.phone ILIKE :phone AND address.deleted_at IS NULL))`,
      ],
      createdAt: "customer.created_at",
      id: "customer.id",
    },
    {
      createdAfter: filters.createdAfter ?? null,
      updatedSince: filters.updatedSince ?? null,
      email: filters.email === undefined ? null : containing(filters.email),
      phone: filters.phone === undefined ? null : containing(filters.phone),
    },
    page
  )
}
