import { sendTestEvent } from "../../../../event-admin/send-test-event"
import { adminHandler } from "../../../utils/admin-handler"

/** Posts a test event to Odoo, and shows how Odoo answered. */
export const POST = adminHandler(async (request, response) => {
  response.json(await sendTestEvent(request.scope))
})
