import { pauseDelivery } from "../../../../../event-admin/pause"
import { readDeliveryStatus } from "../../../../../queries/read-status"
import { pauseBody } from "../../../../../wire/schemas/admin"
import { validate } from "../../../../../wire/validate"
import { adminHandler } from "../../../../utils/admin-handler"

/** Pauses delivery in every instance. */
export const POST = adminHandler(async (request, response) => {
  await pauseDelivery(request.scope, validate(pauseBody, request.body ?? {}))
  response.json(await readDeliveryStatus(request.scope))
})
