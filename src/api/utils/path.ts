import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { WireError } from "../../wire/errors"

/**
 * Refuses a path that is not valid percent-encoding. Express finds that out only while it looks for a route, and
 * then the error would end in the host's handler.
 * @throws WireError `VALIDATION_ERROR`
 */
export function requireReadablePath(request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void {
  try {
    decodeURIComponent(request.path)
  } catch {
    throw new WireError("VALIDATION_ERROR", "The path is not valid percent-encoding.")
  }
  next()
}

/**
 * Answers what no route has answered.
 * @throws WireError `NOT_FOUND`, always
 */
export function answerUnknownPath(request: MedusaRequest): void {
  throw new WireError("NOT_FOUND", `There is no ${request.method} ${request.path}.`)
}
