import { listRefusals } from "../../../../queries/read-events"
import { withKnownKind } from "../../../../records"
import { listRefusalsQuery } from "../../../../wire/schemas/admin"
import { validateQuery } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"

/** Lists refusals: requests of Odoo's about orders that Medusa did not allow. */
export const GET = adminHandler(async (request, response) => {
  response.json(await listRefusals(request.scope, withKnownKind(validateQuery(listRefusalsQuery, request.query))))
})
