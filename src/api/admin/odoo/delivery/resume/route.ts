import { resumeDelivery } from "../../../../../event-admin/pause"
import { startDelivery } from "../../../../../outbox/start-delivery"
import { readDeliveryStatus } from "../../../../../queries/read-status"
import { resumeBody } from "../../../../../wire/schemas/admin"
import { validate } from "../../../../../wire/validate"
import { adminHandler } from "../../../../utils/admin-handler"

/** Resumes delivery in every instance, and starts to send what is due. */
export const POST = adminHandler(async (request, response) => {
  await resumeDelivery(request.scope, validate(resumeBody, request.body ?? {}))
  const status = await readDeliveryStatus(request.scope)
  startDelivery(request.scope)
  response.json(status)
})
