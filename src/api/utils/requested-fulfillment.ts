import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { prepareRequested } from "../../workflows/move-stock/guard-fulfillments"

/** Has the stock prepared for a fulfillment that Medusa's route is about to make, where Medusa's workflow can not be guarded itself. */
export async function prepareFulfillment(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const { items } = (request.body ?? {}) as { items?: unknown }
  await prepareRequested(request.scope, { order_id: request.params.id, items }, (end) => {
    response.once("close", end)
    return () => response.off("close", end)
  })
  next()
}
