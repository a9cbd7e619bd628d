import { z } from "zod"

import { lineSchema, blankOptional } from "../normalise"

/** Where a request may carry its idempotency key: in a header, or in its body (contract 1, "Idempotency"). */
export const idempotencyKeys = z.object({
  "Idempotency-Key": lineSchema.optional(),
  event_id: blankOptional(
    z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema)
  ),
})
