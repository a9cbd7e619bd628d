import { z } from "zod"

import { listQuery } from "../list"
import { lineSchema, MAX_QUANTITY, queryBoolean, queryInteger } from "../normalise"

/** The query of `GET /odoo/inventory` (contract 2). */
export const listInventoryQuery = z.object({
  sku: lineSchema.optional(),
  low_stock: queryBoolean.optional(),
  low_stock_threshold: queryInteger({ min: 0, max: MAX_QUANTITY, fallback: 10 }),
  include_products: queryBoolean.optional(),
  location_id: lineSchema.optional(),
  ...listQuery({ defaultLimit: 100 }),
})

export type ListInventoryQuery = z.output<typeof listInventoryQuery>
