import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectOrderPage } from "../read-model/orders/select-order-page"
import { listEnvelope, pageRequest } from "../wire/list"
import type { ListOrdersQuery } from "../wire/schemas/orders"
import { readOrders } from "./read-orders"

/**
 * One page of orders, oldest first (contract 2). The number of queries does not depend on the size of the page.
 * @throws WireError `VALIDATION_ERROR` for a cursor that the plugin did not make
 */
export async function listOrders(container: MedusaContainer, query: ListOrdersQuery) {
  const request = pageRequest(query)
  const page = await selectOrderPage(
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    {
      status: query.status,
      dateFrom: query.date_from,
      dateTo: query.date_to,
      updatedSince: query.updated_since,
      synced: query.synced,
    },
    request
  )
  const orders = await readOrders(
    container,
    page.rows.map((row) => row.id)
  )
  return { orders, ...listEnvelope(request, page) }
}
