import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { prepareRequested } from "../../workflows/move-stock/guard-fulfillments"

/** Waits until a request is answered, also where nobody waits for the answer any more. */
const untilAnswered = (response: MedusaResponse) =>
  new Promise<void>((resolve) => {
    const end = response.end.bind(response) as (...args: unknown[]) => typeof response
    response.end = (...args: unknown[]) => {
      resolve()
      return end(...args)
    }
  })

/** Has the stock prepared for a fulfillment that Medusa's route is about to make, where Medusa's workflow can not be guarded itself. */
export async function prepareFulfillment(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const { items } = (request.body ?? {}) as { items?: unknown }
  await prepareRequested(request.scope, { order_id: request.params.id, items }, () => untilAnswered(response))
  next()
}
