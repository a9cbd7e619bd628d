import { z } from "zod"

import { lineSchema, timeSchema } from "../normalise"

/** From when on the backlog is sent, and of which kind, in the plural: `orders`. */
export const backlogOptions = z.object({
  since: timeSchema("start"),
  only: lineSchema.optional(),
})
