import { listEvents } from "../../../../queries/read-events"
import { withKnownKind } from "../../../../records"
import { listEventsQuery } from "../../../../wire/schemas/admin"
import { validateQuery } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"

/** Lists events by status, record, class and time, without their bodies. */
export const GET = adminHandler(async (request, response) => {
  response.json(await listEvents(request.scope, withKnownKind(validateQuery(listEventsQuery, request.query))))
})
