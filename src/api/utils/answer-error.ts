import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"
import { isWireError, WIRE_ERROR_STATUS, type WireError, type WireErrorBody, type WireErrorCode } from "../../wire/errors"
import { traceIdOf } from "./trace"

/** The code of the wire for each of Medusa's error types whose texts may be shown to the caller. */
const MEDUSA_ERRORS: Readonly<Record<string, WireErrorCode>> = {
  [MedusaError.Types.NOT_FOUND]: "NOT_FOUND",
  [MedusaError.Types.INVALID_DATA]: "VALIDATION_ERROR",
  [MedusaError.Types.NOT_ALLOWED]: "CONFLICT",
  [MedusaError.Types.CONFLICT]: "CONFLICT",
  [MedusaError.Types.DUPLICATE_ERROR]: "CONFLICT",
  [MedusaError.Types.UNAUTHORIZED]: "UNAUTHORIZED",
}

/** Translates an error into one of the wire; undefined for an internal error, whose text must not be shown. */
function toWireError(error: unknown): Pick<WireError, "code" | "message" | "details"> | undefined {
  if (isWireError(error)) {
    return error
  }
  if (typeof error !== "object" || error === null) {
    return undefined
  }
  const { type, message } = error as { type?: unknown; message?: unknown }
  const code = typeof type === "string" ? MEDUSA_ERRORS[type] : undefined
  return code === undefined || typeof message !== "string" ? undefined : { code, message, details: {} }
}

/**
 * Answers an error under `/odoo` (contract 1, "Errors"). An internal error becomes `INTERNAL_ERROR`: its text is logged under the
 * trace id that the caller gets.
 */
export function answerError(request: MedusaRequest, response: MedusaResponse, error: unknown): void {
  const traceId = traceIdOf(response)
  const known = toWireError(error)
  if (known === undefined) {
    request.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`odoo: ${request.method} ${request.path} failed, trace ${traceId}: ${describeError(error)}`)
  }
  const { code, message, details } = known ?? {
    code: "INTERNAL_ERROR" as const,
    message: "Something went wrong on our side. The log has it under the trace id.",
    details: {},
  }
  if (!request.complete) {
    // the rest of the request is read and dropped, so that the caller can read the answer
    response.set("connection", "close")
    request.resume()
  }
  const body: WireErrorBody = { success: false, error: { code, message, details, trace_id: traceId } }
  response.status(WIRE_ERROR_STATUS[code]).json(body)
}
