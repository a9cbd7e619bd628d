import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"
import { underOrderLock } from "../../workflows/change-order/order-lock"
import { aroundFulfilment } from "../../workflows/move-stock/settle-order"

type FulfilmentBody = { items: { id: string; quantity: number }[] }

const answered = (response: MedusaResponse) => new Promise<void>((resolve) => response.once("close", resolve))

/**
 * Has a fulfilment that a person makes in the dashboard take goods of which Odoo has said before that they left: Medusa
 * finds them in stock and reserved, as it wants them, and the stock ends where it was. Runs after Medusa has checked who
 * asks for what. Where the goods can not be prepared, Medusa judges by what there is.
 */
export async function aroundOwnFulfilment(
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const orderId = request.params.id ?? ""
  const { items } = request.validatedBody as FulfilmentBody
  const planned = new Map(items.map(({ id, quantity }) => [id, quantity]))
  const progress = { passed: false }
  const pass = () => {
    progress.passed = true
    const end = answered(response)
    next()
    return end
  }
  try {
    await underOrderLock(request.scope, orderId, () => aroundFulfilment(request.scope, orderId, planned, pass))
  } catch (error) {
    request.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`odoo: the stock of order ${orderId} could not be prepared for its fulfilment: ${describeError(error)}`)
    if (!progress.passed) {
      next()
    }
  }
}
