import { sendTestEvent } from "../../../../event-admin/send-test-event"
import { testEventBodySchema } from "../../../../wire/schemas/admin"
import { validate } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"

/** Sends a test event to a destination, and shows the answer. */
export const POST = adminHandler(async (request, response) => {
  response.json(await sendTestEvent(request.scope, validate(testEventBodySchema, request.body ?? {})))
})
