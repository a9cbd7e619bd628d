import { eventFiltersOf } from "../../../../../queries/read-events"
import { replayEventsBody } from "../../../../../wire/schemas/admin"
import { validate } from "../../../../../wire/validate"
import { replayEvents } from "../../../../../workflows/attend/replay"
import { startDelivery } from "../../../../../workflows/deliver/start-delivery"
import { adminHandler } from "../../../../utils/admin-handler"

/** Makes many events due again, and starts to send them. */
export const POST = adminHandler(async (request, response) => {
  const { ids, ...filters } = validate(replayEventsBody, request.body)
  const replayed = await replayEvents(request.scope, { ...(await eventFiltersOf(request.scope, filters)), ids })
  startDelivery(request.scope)
  response.json({ success: true, ...replayed })
})
