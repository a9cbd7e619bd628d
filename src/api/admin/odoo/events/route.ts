import { listEvents } from "../../../../queries/read-events"
import { listEventsQuery } from "../../../../wire/schemas/admin"
import { validate } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"

/** Lists events by status, record, class and time, without their bodies. */
export const GET = adminHandler(async (request, response) => {
  response.json(await listEvents(request.scope, validate(listEventsQuery, request.query)))
})
