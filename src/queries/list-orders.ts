import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectOrderPage } from "../modules/odoo/sql/select-order-page"
import { decodeCursor, listEnvelope } from "../wire/list"
import type { ListOrdersQuery } from "../wire/schemas/orders"
import { readOrders } from "./read-orders"

/**
 * One page of orders, oldest first (contract 2). The number of queries does not depend on the size of the page.
 * @throws WireError `VALIDATION_ERROR` for a cursor that is not ours
 */
export async function listOrders(container: MedusaContainer, query: ListOrdersQuery) {
  const { limit, offset, cursor, ...filters } = query
  const page = await selectOrderPage(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), {
    filters: {
      status: filters.status,
      dateFrom: filters.date_from,
      dateTo: filters.date_to,
      updatedSince: filters.updated_since,
      synced: filters.synced,
    },
    after: cursor === undefined ? undefined : decodeCursor(cursor),
    limit,
    offset,
  })
  const orders = await readOrders(
    container,
    page.positions.map((position) => position.id)
  )
  return {
    orders,
    ...listEnvelope({ total: page.total, limit, offset, hasMore: page.hasMore, last: page.positions.at(-1) ?? null }),
  }
}
