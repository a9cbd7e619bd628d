import { customerSyncedAnswer, listCustomersAnswer, oneCustomerAnswer } from "../answer-schemas/customers"
import { customerSyncedBody, listCustomersQuery } from "../schemas/customers"
import { EXAMPLE, EXAMPLE_ADDRESS } from "./example-ids"
import { operation } from "./operation"

const spending = { order_count: 2, total_spent: 13000 }

const customer = {
  id: EXAMPLE.customerId,
  email: "layla@example.com",
  first_name: "Layla",
  last_name: "Al-Sabah",
  phone: "+96522220000",
  company_name: "",
  has_account: true,
  created_at: "2026-11-21T17:34:58.123Z",
  updated_at: "2026-11-21T18:00:00.000Z",
  addresses: [
    {
      id: "cuaddr_01JD3XK8V7Q2M5N9P4R6T8W0YC",
      ...EXAMPLE_ADDRESS,
      is_default_shipping: true,
      is_default_billing: false,
    },
  ],
  ...spending,
  stats: { ...spending, by_currency: [{ currency_code: "kwd", ...spending }] },
  metadata: { odoo_synced: true, odoo_customer_id: 42, odoo_sync_date: "2026-11-21T18:00:00.000Z" },
  odoo: { synced: true, odoo_customer_id: 42, synced_at: "2026-11-21T18:00:00.000Z" },
}

/** The routes of customers (contract 2 and 3). */
export const customerOperations = [
  operation({
    method: "get",
    path: "/odoo/customers",
    scope: "read",
    tag: "Customers",
    summary: "List customers, oldest first",
    description:
      "Guests are among them (`has_account` is false). `email` and `phone` find a part, in any case; `phone` looks at the customer's own and at those of the addresses. `created_after` and `updated_since` include that moment; a changed address counts as a change of the customer, and so does a changed order, also one that was transferred to somebody else. Medusa keeps who had such an order only as the e-mail and the cart of the order: who had one without a cart, and has another e-mail since, is not listed for it.",
    query: listCustomersQuery,
    answer: listCustomersAnswer,
    errors: ["VALIDATION_ERROR"],
    examples: {
      "by email": {
        query: { email: "@example.com", limit: "1" },
        answer: {
          customers: [customer],
          total: 1,
          limit: 1,
          offset: 0,
          pagination: { total: 1, limit: 1, offset: 0, has_more: false, next_cursor: null },
        },
      },
    },
  }),
  operation({
    method: "get",
    path: "/odoo/customers/{id}",
    scope: "read",
    tag: "Customers",
    summary: "Show one customer",
    params: { id: "Medusa's id" },
    answer: oneCustomerAnswer,
    errors: ["NOT_FOUND"],
    examples: { "one customer": { params: { id: EXAMPLE.customerId }, answer: { customer } } },
  }),
  operation({
    method: "post",
    path: "/odoo/customers/{id}/synced",
    scope: "write",
    tag: "Customers",
    summary: "Link a customer to a contact in Odoo",
    description:
      "Repeating it is harmless. Another `odoo_customer_id` for a linked customer is a `CONFLICT` that names the present one, unless `force` is true.",
    params: { id: "Medusa's id" },
    body: customerSyncedBody,
    answer: customerSyncedAnswer,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT"],
    examples: {
      "a partner of Odoo": {
        params: { id: EXAMPLE.customerId },
        body: { odoo_customer_id: 42, synced_at: "2026-11-21T18:00:00Z" },
        answer: {
          success: true,
          customer_id: EXAMPLE.customerId,
          odoo_customer_id: 42,
          synced_at: "2026-11-21T18:00:00.000Z",
        },
      },
    },
  }),
]
