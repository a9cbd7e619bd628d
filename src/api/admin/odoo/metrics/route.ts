import { readDeliveryStatus } from "../../../../queries/read-status"
import { PROMETHEUS_TYPE, prometheusText } from "../../../../wire/prometheus"
import { adminHandler } from "../../../utils/admin-handler"

/** Shows the status of delivery in the format of Prometheus. */
export const GET = adminHandler(async (request, response) => {
  response.set("content-type", PROMETHEUS_TYPE).send(prometheusText(await readDeliveryStatus(request.scope)))
})
