import { runDoctor } from "../../../../connection/doctor"
import { adminHandler } from "../../../utils/admin-handler"

/** Tells what is wrong with the direct connection, and between the shop and Odoo. */
export const GET = adminHandler(async (request, response) => {
  response.json(await runDoctor(request.scope))
})
