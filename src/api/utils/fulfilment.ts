import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"
import { underOrderLock } from "../../workflows/change-order/order-lock"
import { aroundFulfilment, isMoved } from "../../workflows/move-stock/settle-order"

type FulfilmentBody = { items: { id: string; quantity: number }[] }

/** How long a fulfilment may take; milliseconds. After it the order is free again, and settled later. */
const PATIENCE_MS = 120_000

/** Ends when the route has answered, whether or not anybody is there to hear it: who has gone away stops no workflow. */
function answered(response: MedusaResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error("the fulfilment has not come to an end"))
    }, PATIENCE_MS)
    const end = response.end.bind(response) as (...args: unknown[]) => MedusaResponse
    response.end = (...args: unknown[]) => {
      clearTimeout(timer)
      resolve()
      return end(...args)
    }
  })
}

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
  if (!(await isMoved(request.scope, orderId))) {
    next()
    return
  }
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
