/** The codes of the wire's errors, and the HTTP status of each (contract 1, "Errors"). */
export const WIRE_ERROR_STATUS = {
  VALIDATION_ERROR: 400,
  UNAUTHORIZED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  SKU_NOT_FOUND: 404,
  DUPLICATE_SKU: 409,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMIT_EXCEEDED: 429,
  INVENTORY_ERROR: 500,
  SYNC_FAILED: 500,
  INTERNAL_ERROR: 500,
} as const

export type WireErrorCode = keyof typeof WIRE_ERROR_STATUS

/** One fault of an input: its path and a message. */
export type WireIssue = { path: string; message: string }

/** The body of every error answer under `/odoo` (contract 1, "Errors"). */
export type WireErrorBody = {
  success: false
  error: {
    code: WireErrorCode
    message: string
    details: Record<string, unknown>
    trace_id: string
  }
}

/**
 * An error whose code, message and details are meant for the caller. Any other error reaches the caller as `INTERNAL_ERROR` with a
 * general text.
 */
export class WireError extends Error {
  override readonly name = "WireError"

  constructor(
    readonly code: WireErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {}
  ) {
    super(message)
  }
}

/**
 * The `VALIDATION_ERROR` for one fault.
 * @param path the path in the input; empty for the input as a whole
 * @param details what is added to `details.issues`
 */
export function invalidInput(path: string, message: string, details: Record<string, unknown> = {}): WireError {
  const issues: WireIssue[] = [{ path, message }]
  return new WireError("VALIDATION_ERROR", path === "" ? message : `${path}: ${message}`, { issues, ...details })
}

/**
 * Whether an error is a `WireError`. Checks its members instead of `instanceof`, because a workflow engine may return a copy.
 */
export function isWireError(error: unknown): error is WireError {
  return (
    typeof error === "object" &&
    error !== null &&
    "name" in error &&
    error.name === "WireError" &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code in WIRE_ERROR_STATUS
  )
}
