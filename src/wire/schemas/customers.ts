import { z } from "zod"

import { listQuery } from "../list"
import { blankOptional, lineSchema, odooFlagSchema, timeSchema } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import { pastTimeSchema } from "../times"

/** The query of `GET /odoo/customers` (contract 2). */
export const listCustomersQuery = z.object({
  created_after: timeSchema("start").optional(),
  email: lineSchema.optional(),
  phone: lineSchema.optional(),
  ...listQuery({ defaultLimit: 50 }),
})

export type ListCustomersQuery = z.output<typeof listCustomersQuery>

/** The body of `POST /odoo/customers/{id}/synced` (contract 3). */
export const customerSyncedBody = z.object({
  odoo_customer_id: odooIdSchema,
  synced_at: blankOptional(pastTimeSchema()),
  force: odooFlagSchema,
})
