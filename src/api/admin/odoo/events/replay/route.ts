import { eventFiltersOf } from "../../../../../queries/read-events"
import { withKnownKind } from "../../../../../records"
import { replayEventsBody } from "../../../../../wire/schemas/admin"
import { validate } from "../../../../../wire/validate"
import { replayDeliveries } from "../../../../../event-admin/replay"
import { startDelivery } from "../../../../../outbox/start-delivery"
import { adminHandler } from "../../../../utils/admin-handler"

/** Makes many events due again, and starts to send them. */
export const POST = adminHandler(async (request, response) => {
  const { ids, ...filters } = withKnownKind(validate(replayEventsBody, request.body))
  const replayed = await replayDeliveries(request.scope, { ...(await eventFiltersOf(request.scope, filters)), ids })
  startDelivery(request.scope)
  response.json({ success: true, ...replayed })
})
