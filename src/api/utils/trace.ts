import type { MedusaResponse } from "@medusajs/framework/http"
import { randomUUID } from "crypto"

const TRACE_HEADER = "x-trace-id"

/**
 * The id under which a request is logged. It is created on the first call, and sent as a header of the answer.
 */
export function traceIdOf(response: MedusaResponse): string {
  const present = response.getHeader(TRACE_HEADER)
  if (typeof present === "string") {
    return present
  }
  const id = randomUUID()
  response.setHeader(TRACE_HEADER, id)
  return id
}
