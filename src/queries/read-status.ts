import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { MEDUSA_VERSION, PLUGIN_VERSION } from "../utils/versions"
import type { DeliveryStatus } from "../wire/answers/admin"

/** What a person, or a monitor, has to know of delivery: what is on its way, what has failed, what was refused. */
export async function readDeliveryStatus(container: MedusaContainer): Promise<DeliveryStatus> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const [open, closed] = await Promise.all([odoo.summariseEvents(), odoo.countClosedEvents()])
  const { paused_at: pausedAt, pause_reason: pauseReason, oldest_waiting_at: oldestWaitingAt, refusals, in_flight: inFlight, ...counts } = open
  const { oldest_waiting_seconds: oldestWaitingSeconds, ...events } = counts
  return {
    plugin_version: PLUGIN_VERSION,
    medusa_version: MEDUSA_VERSION,
    delivery: {
      configured: odoo.options.webhook.url !== null,
      paused: pausedAt !== null,
      paused_at: pausedAt?.toISOString() ?? null,
      pause_reason: pauseReason,
      in_flight: inFlight,
      oldest_waiting_at: oldestWaitingAt?.toISOString() ?? null,
      oldest_waiting_seconds: oldestWaitingSeconds,
    },
    events: { ...events, ...closed },
    refusals,
  }
}

/** What runs here, and how the events for Odoo are doing (contract 2). */
export async function readStatus(container: MedusaContainer) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const events = await odoo.summariseEvents()
  return {
    success: true,
    plugin_version: PLUGIN_VERSION,
    medusa_version: MEDUSA_VERSION,
    webhook: {
      configured: odoo.options.webhook.url !== null,
      paused: events.paused_at !== null,
      waiting: events.pending + events.behind + events.waiting,
      failed: events.failed,
      oldest_waiting_at: events.oldest_waiting_at?.toISOString() ?? null,
    },
  }
}
