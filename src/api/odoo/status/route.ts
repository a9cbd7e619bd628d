import { readStatus } from "../../../queries/read-status"
import { wireHandler } from "../../utils/wire-handler"

/** Tells an Odoo-side "Test connection" button that it has come through, and how delivery is doing (contract 2). */
export const GET = wireHandler(async (request, response) => {
  response.json(await readStatus(request.scope))
})
