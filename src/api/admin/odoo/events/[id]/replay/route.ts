import { eventView, readEvent } from "../../../../../../queries/read-events"
import { replayEvent } from "../../../../../../workflows/attend/replay"
import { startDelivery } from "../../../../../../workflows/deliver/start-delivery"
import { adminHandler } from "../../../../../utils/admin-handler"

/** Makes an event due again, and starts to send it. */
export const POST = adminHandler(async (request, response) => {
  const id = request.params.id ?? ""
  await replayEvent(request.scope, id)
  const event = eventView(await readEvent(request.scope, id))
  startDelivery(request.scope)
  response.json({ success: true, event })
})
