import { listCustomers } from "../../../queries/list-customers"
import { listCustomersQuery } from "../../../wire/schemas/customers"
import { validateQuery } from "../../../wire/validate"
import { wireHandler } from "../../utils/wire-handler"

/** Lists customers for Odoo to pull (contract 2). */
export const GET = wireHandler(async (request, response) => {
  response.json(await listCustomers(request.scope, validateQuery(listCustomersQuery, request.query)))
})
