import { z } from "zod"

import { isoTime } from "./common"

/** The answer to `GET /odoo/status` (contract 2). */
export const statusAnswer = z.object({
  success: z.literal(true),
  plugin_version: z.string(),
  medusa_version: z.string(),
  webhook: z.object({
    configured: z.boolean().describe("whether there is an address that events are posted to"),
    paused: z.boolean(),
    waiting: z.int().min(0).describe("events that are still to be delivered"),
    failed: z.int().min(0).describe("events that wait for a person"),
    oldest_waiting_at: isoTime.nullable(),
  }),
})
