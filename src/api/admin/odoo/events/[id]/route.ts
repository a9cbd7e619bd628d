import { readEventDetail } from "../../../../../queries/read-events"
import { destinationQuery } from "../../../../../wire/schemas/admin"
import { validateQuery } from "../../../../../wire/validate"
import { adminHandler } from "../../../../utils/admin-handler"

/** Shows one event with its body and its attempts. */
export const GET = adminHandler(async (request, response) => {
  const { destination } = validateQuery(destinationQuery, request.query)
  response.json({ event: await readEventDetail(request.scope, { id: request.params.id ?? "", destination }) })
})
