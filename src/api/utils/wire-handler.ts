import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { answerError } from "./answer-error"

type Handler = (request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction) => Promise<void> | void

/**
 * Makes a route or middleware under `/odoo` answer its errors in the envelope of the wire. Medusa's own error handler, which belongs
 * to the host, is not reached.
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
