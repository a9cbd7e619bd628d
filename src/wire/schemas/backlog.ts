import { z } from "@medusajs/framework/zod"

import { timeSchema } from "../normalise"

/** From when on the backlog is sent, and of which kind. */
export const backlogOptions = z.object({
  since: timeSchema("start"),
  only: z.enum(["orders", "customers"], "must be \"orders\" or \"customers\"").optional(),
})
