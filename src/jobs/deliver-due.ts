import type { MedusaContainer } from "@medusajs/framework/types"
import { setTimeout as pause } from "timers/promises"

import { deliver } from "../outbox/start-delivery"

/** How often the job runs; milliseconds. */
const INTERVAL_MS = 5_000

/**
 * How long the job waits for the end of what it has started; milliseconds. Longer than the interval, so that of several instances
 * one that is at work leaves the next run to another. Not much longer, because a single instance runs the job again only
 * after its end, and the retries and probes of one destination must not wait for another, slow one.
 */
const PATIENCE_MS = 7_000

/** Sends due deliveries: those that waited for their next attempt, and those of a process that died. */
export default async function deliverDue(container: MedusaContainer): Promise<void> {
  await Promise.race([deliver(container), pause(PATIENCE_MS, undefined, { ref: false })])
}

export const config = {
  name: "odoo-deliver-due",
  schedule: { interval: INTERVAL_MS },
}
