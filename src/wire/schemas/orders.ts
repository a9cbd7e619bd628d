import { z } from "zod"

import { listQuery } from "../list"
import { metadataSchema } from "../metadata"
import { blankOptional, lineSchema, odooFlagSchema, odooNameSchema, queryBoolean, timeSchema } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import { pastTimeSchema } from "../times"

/** All statuses of Medusa's orders. `cancelled` is accepted as another spelling. */
const STATUSES = ["pending", "completed", "canceled", "archived", "requires_action", "draft"] as const

const oneSpelling = (status: string) => {
  const given = status.trim().toLowerCase()
  return given === "cancelled" ? "canceled" : given
}

const statusList = z
  .string()
  .transform((text) => text.split(",").map(oneSpelling))
  .pipe(z.array(z.enum(STATUSES, { error: `must be of ${STATUSES.join(", ")}` })))

/** The query of `GET /odoo/orders` (contract 2). */
export const listOrdersQuery = z.object({
  status: statusList.optional(),
  date_from: timeSchema("start").optional(),
  date_to: timeSchema("end").optional(),
  synced: queryBoolean.optional(),
  ...listQuery({ defaultLimit: 50 }),
})

export type ListOrdersQuery = z.output<typeof listOrdersQuery>

/** The body of `POST /odoo/orders/{id}/synced` (contract 3). */
export const orderSyncedBody = z.object({
  odoo_order_id: odooIdSchema,
  odoo_order_name: odooNameSchema,
  synced_at: blankOptional(pastTimeSchema()),
  force: odooFlagSchema,
})

/** The statuses that a PATCH can set, through Medusa's own workflows. */
export const SETTABLE_STATUSES = ["completed", "canceled"] as const

const statusMember = z
  .string()
  .transform(oneSpelling)
  .pipe(z.enum(STATUSES, { error: `must be one of ${STATUSES.join(", ")}` }))

/** The body of `PATCH /odoo/orders/{id}` (contract 3). */
export const patchOrderBody = z.object({
  status: blankOptional(statusMember).describe(`${SETTABLE_STATUSES.join(" or ")}; or the status that the order has`),
  odoo_order_id: blankOptional(odooIdSchema),
  odoo_status: blankOptional(lineSchema),
  metadata: blankOptional(metadataSchema).describe("merged into the order's metadata; null removes a key"),
})

export type PatchOrderBody = z.output<typeof patchOrderBody>
