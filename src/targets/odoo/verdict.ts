import { OdooError, type OdooErrorKind } from "../../odoo-client"
import type { Sent } from "../../outbox/target"
import { describeError } from "../../utils/describe-error"
import type { FailureClass } from "../../wire/reply"
import { Hold } from "./hold"
import { Refused } from "./load-record"

/** The class of a failed attempt by the kind of the error. */
const CLASSES: Record<OdooErrorKind, FailureClass> = {
  access: "refused",
  missing_record: "refused",
  validation: "refused",
  concurrency: "rpc_error",
  busy: "http",
  database: "http",
  key: "http",
  plan: "http",
  maintenance: "http",
  not_odoo: "http",
  timeout: "timeout",
  transport: "transport",
  call: "rpc_error",
}

/** What is wrong with Odoo or the connection as a whole, and is mended for all records at once. */
const OUTAGES: readonly OdooErrorKind[] = ["busy", "maintenance", "database", "key", "plan", "not_odoo", "timeout", "transport"]

/** What the error of an attempt means for the delivery. */
export function failureOf(error: unknown): Omit<Sent, "attempt"> & { status: number | null } {
  const failed = (failureClass: FailureClass, message: string, reason: string | null): Omit<Sent, "attempt"> => ({
    verdict: { delivered: false, failure: { class: failureClass, message, reason } },
    retryAfterMs: null,
    isOutage: false,
  })
  if (error instanceof Hold) {
    return { ...failed("held", error.message, null), heldForMs: error.forMs, status: null }
  }
  if (error instanceof Refused) {
    return { ...failed("refused", error.message, error.reason), status: null }
  }
  if (error instanceof OdooError) {
    return {
      ...failed(CLASSES[error.kind], error.message, error.reason),
      retryAfterMs: error.retryAfterMs,
      isOutage: OUTAGES.includes(error.kind),
      status: error.status,
    }
  }
  return { ...failed("refused", `The attempt broke off: ${describeError(error)}`, null), status: null }
}
