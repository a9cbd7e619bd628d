import type { PageRequest } from "../../../wire/list"
import type { Db } from "./db"
import { containing, selectPage, type Page } from "./page"

/** Which customers a page is cut from; what is undefined does not narrow it. */
export type CustomerFilters = {
  createdAfter?: Date | undefined
  updatedSince?: Date | undefined
  /** a part of it, in any case */
  email?: string | undefined
  /** a part of the customer's own or of an address's */
  phone?: string | undefined
}

const ADDRESS_OF_CUSTOMER = `SELECT 1 FROM customer_address AS address WHERE address.customer_id = customer.id`

/**
 * One page of customer ids, guests among them. Hand-written, because a customer does not change for Medusa when an
 * address of theirs does, and because Medusa's query can not look into phones of both.
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
          `(customer.updated_at >= :updatedSince OR EXISTS (${ADDRESS_OF_CUSTOMER} AND address.updated_at >= :updatedSince))`,
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
