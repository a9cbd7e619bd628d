import { z } from "@medusajs/framework/zod"

import { lineSchema, odooOptional, queryBoolean, queryInteger, timeSchema } from "../normalise"
import { odooIdSchema } from "../odoo-id"

/** Every status that an order of Medusa can have. `cancelled` is another spelling that clients use. */
const STATUSES = ["pending", "completed", "canceled", "archived", "requires_action", "draft"] as const

const statusList = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim().toLowerCase()))
  .transform((parts) => parts.map((part) => (part === "cancelled" ? "canceled" : part)))
  .pipe(z.array(z.enum(STATUSES, { error: `must be of ${STATUSES.join(", ")}` })))

/** The query of `GET /odoo/orders` (contract 2). */
export const listOrdersQuery = z.object({
  status: statusList.optional(),
  date_from: timeSchema("start").optional(),
  date_to: timeSchema("end").optional(),
  synced: queryBoolean.optional(),
  updated_since: timeSchema("start").optional(),
  limit: queryInteger({ min: 1, max: 500, fallback: 50 }),
  offset: queryInteger({ min: 0, max: 2_147_483_647, fallback: 0 }),
  cursor: z.string().min(1).max(1024).optional(),
})

export type ListOrdersQuery = z.output<typeof listOrdersQuery>

/** The body of `POST /odoo/orders/{id}/synced` (contract 3). */
export const orderSyncedBody = z.object({
  odoo_order_id: odooIdSchema,
  odoo_order_name: odooOptional(lineSchema),
  synced_at: odooOptional(timeSchema("start")),
  force: odooOptional(z.boolean()),
})
