import { readStatus } from "../../../queries/read-status"
import { wireHandler } from "../../utils/wire-handler"

/** Answers a "Test connection" button in Odoo: the versions that run here, and the status of delivery (contract 2). */
export const GET = wireHandler(async (request, response) => {
  response.json(await readStatus(request.scope))
})
