import { eventView, readDelivery } from "../../../../../../queries/read-events"
import { dismissEventBody } from "../../../../../../wire/schemas/admin"
import { validate } from "../../../../../../wire/validate"
import { dismissDelivery } from "../../../../../../event-admin/dismiss"
import { startDelivery } from "../../../../../../outbox/start-delivery"
import { adminHandler } from "../../../../../utils/admin-handler"

/** Dismisses an event, and starts to send the later events of its record. */
export const POST = adminHandler(async (request, response) => {
  const { reason, destination } = validate(dismissEventBody, request.body)
  const named = { id: request.params.id ?? "", destination }
  await dismissDelivery(request.scope, named, reason)
  const event = eventView(await readDelivery(request.scope, named))
  startDelivery(request.scope)
  response.json({ success: true, event })
})
