import { eventView, readEvent } from "../../../../../../queries/read-events"
import { dismissBody } from "../../../../../../wire/schemas/admin"
import { validate } from "../../../../../../wire/validate"
import { dismissEvent } from "../../../../../../workflows/attend/dismiss"
import { startDelivery } from "../../../../../../workflows/deliver/start-delivery"
import { adminHandler } from "../../../../../utils/admin-handler"

/** Gives up an event, and sends what has waited behind it. */
export const POST = adminHandler(async (request, response) => {
  const { reason } = validate(dismissBody, request.body)
  const id = request.params.id ?? ""
  await dismissEvent(request.scope, id, reason)
  const event = eventView(await readEvent(request.scope, id))
  startDelivery(request.scope)
  response.json({ success: true, event })
})
