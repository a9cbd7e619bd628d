import { ADDRESS_FIELDS } from "../../wire/address"
import type { CustomerSource, SpendingSource } from "../../wire/customer-document"
import { CURRENCY_DECIMALS, DEFAULT_DECIMALS } from "../../wire/money"
import type { Link } from "../../modules/odoo/types"
import { rowsOf, type Db } from "../../database/statement"
import { jsonList, jsonOf, jsonOfJoined } from "../json"

/** A customer as it is stored, with the name in the last order for a guest, and the link. */
export type CustomerRow = CustomerSource & {
  /** for a guest without a name: name and phone in the address of the last order */
  guest: Pick<CustomerSource, "first_name" | "last_name" | "phone"> | null
  link: Pick<Link, "odoo_id" | "odoo_name"> & { synced_at: string } | null
}

/** A customer with the sums of all orders, by currency. */
export type BuyerRow = CustomerRow & { spending: SpendingSource[]; default_currency: string | null }

const ADDRESSES = jsonList(
  jsonOf("address", ["id", ...ADDRESS_FIELDS, "is_default_shipping", "is_default_billing"]),
  "FROM customer_address AS address WHERE address.customer_id = customer.id AND address.deleted_at IS NULL"
)

/** Name and phone of a guest from the address of the last order. Medusa stores only the e-mail address of a guest. */
const GUEST = `
  SELECT address.id, address.first_name, address.last_name, coalesce(nullif(customer.phone, ''), address.phone) AS phone
  FROM "order"
  JOIN order_address AS address ON address.id = coalesce("order".shipping_address_id, "order".billing_address_id)
  WHERE "order".customer_id = customer.id AND "order".is_draft_order = false AND "order".deleted_at IS NULL
    AND customer.has_account = false AND coalesce(customer.first_name, '') = '' AND coalesce(customer.last_name, '') = ''
  ORDER BY "order".created_at DESC, "order".id
  LIMIT 1`

const DECIMALS = JSON.stringify(CURRENCY_DECIMALS)

/**
 * The number and the sum of a customer's orders by currency. Medusa stores the total of each version of an order; it is rounded as
 * the order's document shows it. Drafts and canceled orders do not count, also when they were archived later.
 */
const SPENDING = jsonList(
  jsonOf("spent", ["currency_code", "order_count"], "'total_spent', CAST(spent.total_spent AS text)"),
  `FROM (
     SELECT "order".currency_code, count(*) AS order_count,
       coalesce(sum(round(
         CAST(summary.totals -> 'raw_current_order_total' ->> 'value' AS numeric),
         coalesce(CAST(CAST(:decimals AS jsonb) ->> lower("order".currency_code) AS integer), :defaultDecimals)
       )), 0) AS total_spent
     FROM "order"
     LEFT JOIN order_summary AS summary
       ON summary.order_id = "order".id AND summary.version = "order".version AND summary.deleted_at IS NULL
     WHERE "order".customer_id = customer.id AND "order".deleted_at IS NULL AND "order".is_draft_order = false
       AND "order".status NOT IN ('canceled', 'draft') AND "order".canceled_at IS NULL
     GROUP BY "order".currency_code
   ) AS spent`,
  " ORDER BY spent.currency_code"
)

const DEFAULT_CURRENCY = `(
  SELECT currency.currency_code
  FROM store
  JOIN store_currency AS currency ON currency.store_id = store.id AND currency.is_default AND currency.deleted_at IS NULL
  WHERE store.deleted_at IS NULL
  ORDER BY store.created_at, store.id
  LIMIT 1
)`

const selectWith = <Row extends CustomerRow>(db: Db, ids: readonly string[], columns: readonly string[]) =>
  rowsOf<Row>(
    db,
    `SELECT customer.id, customer.email, customer.first_name, customer.last_name, customer.phone, customer.company_name,
       customer.has_account, customer.created_at, customer.updated_at, customer.metadata, ${ADDRESSES} AS addresses,
       ${jsonOfJoined("guest", ["first_name", "last_name", "phone"])} AS guest,
       ${[jsonOfJoined("link", ["odoo_id", "odoo_name", "synced_at"]) + " AS link", ...columns].join(", ")}
     FROM customer
     LEFT JOIN LATERAL (${GUEST}) AS guest ON true
     LEFT JOIN odoo_link AS link
       ON link.record_kind = 'customer' AND link.record_id = customer.id AND link.deleted_at IS NULL
     WHERE customer.id = ANY(:ids) AND customer.deleted_at IS NULL`,
    { ids, decimals: DECIMALS, defaultDecimals: DEFAULT_DECIMALS },
    { customer: { id: ids }, customer_address: { customer_id: ids }, order: { customer_id: ids } }
  )

/**
 * Reads customers with their addresses and links in one SQL statement, whatever their number; in any order. Hand-written, because
 * Medusa's query creates an object for each row, which takes several times as long.
 */
export const selectCustomers = (db: Db, ids: readonly string[]) => selectWith<CustomerRow>(db, ids, [])

/** Reads customers as {@link selectCustomers} does, with the sums of their orders, for which Medusa would load and calculate each order. */
export const selectBuyers = (db: Db, ids: readonly string[]) =>
  selectWith<BuyerRow>(db, ids, [`${SPENDING} AS spending`, `${DEFAULT_CURRENCY} AS default_currency`])
