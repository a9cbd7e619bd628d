import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { answerError } from "./answer-error"

type Handler = (request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction) => Promise<void> | void

/**
 * Makes a route or middleware under `/odoo` answer its errors in the form of the wire (contract 1, "Errors"). Medusa's own error
 * handler, which the host may replace, is not used.
 */
export function wireHandler(handler: Handler) {
  return async (request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> => {
    try {
      await handler(request, response, next)
    } catch (error) {
      answerError(request, response, error)
    }
  }
}
