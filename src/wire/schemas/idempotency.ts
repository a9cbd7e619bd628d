import { z } from "zod"

import { lineSchema, blankOptional } from "../normalise"

/** The idempotency key of a request: in a header or in the body (contract 1, "Idempotency"). */
export const idempotencyKeys = z.object({
  "Idempotency-Key": lineSchema.optional(),
  event_id: blankOptional(
    z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema)
  ),
})
