import { listRefusals } from "../../../../queries/read-events"
import { listRefusalsQuery } from "../../../../wire/schemas/admin"
import { validate } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"

/** Lists what Medusa has refused of what Odoo said of orders. */
export const GET = adminHandler(async (request, response) => {
  response.json(await listRefusals(request.scope, validate(listRefusalsQuery, request.query)))
})
