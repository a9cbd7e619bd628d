import { readRefusal, refusalView } from "../../../../../../queries/read-events"
import { dismissBody } from "../../../../../../wire/schemas/admin"
import { validate } from "../../../../../../wire/validate"
import { dismissRefusal } from "../../../../../../event-admin/dismiss"
import { adminHandler } from "../../../../../utils/admin-handler"

/** Settles a refusal with a person's reason. */
export const POST = adminHandler(async (request, response) => {
  const { reason } = validate(dismissBody, request.body)
  const id = request.params.id ?? ""
  await dismissRefusal(request.scope, id, reason)
  response.json({ success: true, refusal: refusalView(await readRefusal(request.scope, id)) })
})
