import { z } from "zod"

import { lineSchema, timeSchema } from "../normalise"

/** The options of a backlog: its beginning, a kind in the plural, such as `orders`, and the id of the destination that is told. */
export const backlogOptions = z.object({
  since: timeSchema("start"),
  only: lineSchema.optional(),
  destination: lineSchema.optional(),
})
