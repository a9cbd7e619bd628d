import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { invalidInput, WireError } from "../../wire/errors"

/** The methods for which routes can be registered. Another method would get the host's own 404. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const

/**
 * Answers a request for which there is no route.
 * @throws WireError `NOT_FOUND`, always
 */
export function answerUnknownPath(request: MedusaRequest): void {
  throw new WireError("NOT_FOUND", `There is no ${request.method} ${request.baseUrl}${request.path}.`)
}

/**
 * Refuses a path that is not valid percent-encoding, and a method that no route can have. Express notices both only while it
 * matches routes, and the host would then answer.
 * @throws WireError `VALIDATION_ERROR`, `NOT_FOUND`
 */
export function requireReadablePath(request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void {
  try {
    decodeURIComponent(request.path)
  } catch {
    throw invalidInput("", "The path is not valid percent-encoding.")
  }
  if (!METHODS.some((method) => method === request.method)) {
    answerUnknownPath(request)
  }
  next()
}
