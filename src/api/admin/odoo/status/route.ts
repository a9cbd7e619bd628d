import { readDeliveryStatus } from "../../../../queries/read-status"
import { adminHandler } from "../../../utils/admin-handler"

/** Shows the status of delivery: numbers of events by status, the destinations, and the number of open refusals. */
export const GET = adminHandler(async (request, response) => {
  response.json(await readDeliveryStatus(request.scope))
})
