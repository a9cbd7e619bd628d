import { eventView, readDelivery } from "../../../../../../queries/read-events"
import { replayDelivery } from "../../../../../../event-admin/replay"
import { startDelivery } from "../../../../../../outbox/start-delivery"
import { destinationQuery } from "../../../../../../wire/schemas/admin"
import { validate } from "../../../../../../wire/validate"
import { adminHandler } from "../../../../../utils/admin-handler"

/** Makes an event due again, and starts to send it. */
export const POST = adminHandler(async (request, response) => {
  const named = { id: request.params.id ?? "", ...validate(destinationQuery, request.body ?? {}) }
  await replayDelivery(request.scope, named)
  const event = eventView(await readDelivery(request.scope, named))
  startDelivery(request.scope)
  response.json({ success: true, event })
})
