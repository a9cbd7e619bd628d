import { readEventDetail } from "../../../../../queries/read-events"
import { adminHandler } from "../../../../utils/admin-handler"

/** Shows one event with its body and its attempts. */
export const GET = adminHandler(async (request, response) => {
  response.json({ event: await readEventDetail(request.scope, request.params.id ?? "") })
})
