import { sendTestEvent } from "../../../../event-admin/send-test-event"
import { adminHandler } from "../../../utils/admin-handler"

/** Posts an event of no meaning to Odoo, and tells how it was answered. */
export const POST = adminHandler(async (request, response) => {
  response.json(await sendTestEvent(request.scope))
})
