import { listOrders } from "../../../queries/list-orders"
import { listOrdersQuery } from "../../../wire/schemas/orders"
import { validateQuery } from "../../../wire/validate"
import { wireHandler } from "../../utils/wire-handler"

/** Lists orders for Odoo to pull (contract 2). */
export const GET = wireHandler(async (request, response) => {
  response.json(await listOrders(request.scope, validateQuery(listOrdersQuery, request.query)))
})
