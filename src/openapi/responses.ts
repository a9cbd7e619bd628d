import { WIRE_ERROR_STATUS, type WireErrorCode } from "../wire/errors"
import type { Operation } from "../wire/operations/operation"
import { ERROR_MEANINGS } from "./introduction"

type Response = {
  description: string
  headers?: Record<string, { $ref: string }>
  content: Record<string, { schema: { $ref: string } }>
}

type Reference = { $ref: string }

/** The error codes that every route may answer. */
const COMMON: readonly WireErrorCode[] = ["VALIDATION_ERROR", "UNAUTHORIZED", "RATE_LIMIT_EXCEEDED", "INTERNAL_ERROR"]

/** The meaning of each status of the routes under `/admin`. */
const ADMIN_MEANINGS: Readonly<Record<number, string>> = {
  400: "The body or the query is not of the described form, or the state of things does not allow it.",
  401: "Medusa's admin access is missing.",
  404: "There is no such record.",
  409: "The state of things does not allow it.",
  413: "The body is too large.",
  429: "Too many requests; `Retry-After` says when to try again.",
  500: "Something went wrong on the shop's side.",
}

const isAdmin = (operation: Operation) => operation.path.startsWith("/admin")

/** The error codes of an operation, by their HTTP status. */
function codesByStatus(operation: Operation): Map<number, WireErrorCode[]> {
  const codes = new Set([...COMMON, ...operation.errors])
  if (!isAdmin(operation)) {
    // for a key that lacks the scope
    codes.add("PERMISSION_DENIED")
  }
  if (operation.body !== undefined) {
    codes.add("PAYLOAD_TOO_LARGE")
  }
  if (operation.method !== "get") {
    // for an idempotency key that was sent with another body before
    codes.add("CONFLICT")
  }
  const byStatus = new Map<number, WireErrorCode[]>()
  for (const code of Object.keys(WIRE_ERROR_STATUS) as WireErrorCode[]) {
    if (codes.has(code)) {
      const status = WIRE_ERROR_STATUS[code]
      byStatus.set(status, [...(byStatus.get(status) ?? []), code])
    }
  }
  return byStatus
}

/** The name of a component for a code: `ValidationError` for `VALIDATION_ERROR`. */
const camelCase = (code: string) => code.toLowerCase().replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())

const headersOf = (status: number, traced: boolean) => ({
  ...(traced ? { "x-trace-id": { $ref: "#/components/headers/TraceId" } } : {}),
  ...(status === 429 ? { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } : {}),
})

function wireResponse(status: number, codes: readonly WireErrorCode[]): Response {
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_MEANINGS[code]}`).join("\n\n"),
    headers: headersOf(status, true),
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  }
}

function adminResponse(status: number): Response {
  return {
    description: ADMIN_MEANINGS[status] ?? "It could not be done.",
    headers: headersOf(status, false),
    content: { "application/json": { schema: { $ref: "#/components/schemas/AdminError" } } },
  }
}

/** The error answers of the operations. Equal answers are one named component, to which the operations refer. */
export class ErrorResponses {
  readonly #components = new Map<string, Response>()

  /** The error answers of an operation by status, as references. */
  of(operation: Operation): Record<string, Reference> {
    return Object.fromEntries(
      [...codesByStatus(operation)].map(([status, codes]) => [String(status), this.#reference(operation, status, codes)])
    )
  }

  #reference(operation: Operation, status: number, codes: readonly WireErrorCode[]): Reference {
    const name = isAdmin(operation) ? `Admin${String(status)}` : codes.map(camelCase).join("Or")
    if (!this.#components.has(name)) {
      this.#components.set(name, isAdmin(operation) ? adminResponse(status) : wireResponse(status, codes))
    }
    return { $ref: `#/components/responses/${name}` }
  }

  /** The components to which an operation refers, by name. */
  components(): Record<string, Response> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
