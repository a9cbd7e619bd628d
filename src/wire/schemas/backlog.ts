import { z } from "zod"

import { lineSchema, timeSchema } from "../normalise"

/** The options of a backlog: its beginning, and a kind in the plural, such as `orders`. */
export const backlogOptions = z.object({
  since: timeSchema("start"),
  only: lineSchema.optional(),
})
