import { findOrderId } from "../../../../../../queries/find-order"
import { rehearseOrder } from "../../../../../../targets/odoo/rehearse"
import { adminHandler } from "../../../../../utils/admin-handler"

/** Shows the sale order that an order would become. */
export const GET = adminHandler(async (request, response) => {
  const id = await findOrderId(request.scope, request.params.id ?? "")
  response.json({ success: true, rehearsal: await rehearseOrder(request.scope, id) })
})
