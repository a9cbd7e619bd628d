import type { MedusaResponse } from "@medusajs/framework/http"
import { randomUUID } from "crypto"

const TRACE_HEADER = "x-trace-id"

/** The trace id of a request, which its log lines carry. The first call creates the id and sets the header of the answer. */
export function traceIdOf(response: MedusaResponse): string {
  const present = response.getHeader(TRACE_HEADER)
  if (typeof present === "string") {
    return present
  }
  const id = randomUUID()
  response.setHeader(TRACE_HEADER, id)
  return id
}
