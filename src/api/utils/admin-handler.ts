import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import { isWireError, WIRE_ERROR_STATUS, type WireErrorCode } from "../../wire/errors"
import { readBody } from "./body"
import { replayIfKnown } from "./idempotency"

type Handler = (request: MedusaRequest, response: MedusaResponse) => Promise<void>

type Middleware = (request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction) => Promise<void> | void

/** Medusa's error type for each code of the wire. */
const MEDUSA_TYPES: Partial<Record<WireErrorCode, string>> = {
  VALIDATION_ERROR: MedusaError.Types.INVALID_DATA,
  PAYLOAD_TOO_LARGE: MedusaError.Types.INVALID_DATA,
  NOT_FOUND: MedusaError.Types.NOT_FOUND,
  SKU_NOT_FOUND: MedusaError.Types.NOT_FOUND,
  CONFLICT: MedusaError.Types.CONFLICT,
}

/**
 * Makes a middleware of the plugin under `/admin` answer errors as Medusa's own routes do (contract 1, "Errors"). Other errors than
 * `WireError` go to the host's error handler.
 */
export function adminMiddleware(middleware: Middleware) {
  return async (request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> => {
    try {
      await middleware(request, response, next)
    } catch (error) {
      if (!isWireError(error)) {
        next(error)
        return
      }
      const { code, message } = error
      response.status(WIRE_ERROR_STATUS[code]).json({ type: MEDUSA_TYPES[code] ?? MedusaError.Types.UNEXPECTED_STATE, message, code })
    }
  }
}

/**
 * Makes a route of the plugin under `/admin`, after Medusa has checked access. The body is read here, because Medusa's own limit is
 * too small for a catalogue. Idempotency keys work as under `/odoo`.
 */
export function adminHandler(handler: Handler) {
  return adminMiddleware(async (request, response) => {
    await readBody(request, response, () => undefined)
    if (!(await replayIfKnown(request, response))) {
      await handler(request, response)
    }
  })
}
