import { z } from "zod"

import { addressAnswer } from "./address"
import { isoTime, listAnswer, odooId } from "./common"

const spending = {
  order_count: z.int().min(0),
  total_spent: z.number().describe("in the store's default currency; other currencies are not converted"),
}

/** A customer with the sums of all orders (contract 2). */
const customerAnswer = z.object({
  id: z.string(),
  email: z.string().describe("in lower case"),
  first_name: z.string(),
  last_name: z.string(),
  phone: z.string(),
  company_name: z.string(),
  has_account: z.boolean().describe("false for a guest"),
  created_at: isoTime,
  updated_at: isoTime,
  addresses: z.array(
    z.object({ id: z.string(), ...addressAnswer, is_default_shipping: z.boolean(), is_default_billing: z.boolean() })
  ),
  ...spending,
  stats: z.object({
    ...spending,
    by_currency: z.array(z.object({ currency_code: z.string(), order_count: z.int().min(1), total_spent: z.number() })),
  }),
  metadata: z.looseObject({
    odoo_synced: z.boolean(),
    odoo_customer_id: odooId.nullable(),
    odoo_sync_date: isoTime.nullable(),
  }),
  odoo: z.object({ synced: z.boolean(), odoo_customer_id: odooId.nullable(), synced_at: isoTime.nullable() }),
})

/** The answer to `GET /odoo/customers` (contract 2). */
export const listCustomersAnswer = z.object({ customers: z.array(customerAnswer), ...listAnswer })

/** The answer to `GET /odoo/customers/{id}` (contract 2). */
export const oneCustomerAnswer = z.object({ customer: customerAnswer })

/** The answer to `POST /odoo/customers/{id}/synced` (contract 3). */
export const customerSyncedAnswer = z.object({
  success: z.literal(true),
  customer_id: z.string(),
  odoo_customer_id: odooId,
  synced_at: isoTime,
})
