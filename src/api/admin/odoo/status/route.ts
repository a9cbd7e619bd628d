import { readDeliveryStatus } from "../../../../queries/read-status"
import { adminHandler } from "../../../utils/admin-handler"

/** Counts what is on its way to Odoo, what has failed and what was refused. */
export const GET = adminHandler(async (request, response) => {
  response.json(await readDeliveryStatus(request.scope))
})
