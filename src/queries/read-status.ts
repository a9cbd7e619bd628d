import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { MEDUSA_VERSION, PLUGIN_VERSION } from "../utils/versions"

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
      // nothing can pause delivery
      paused: false,
      waiting: events.waiting,
      failed: events.failed,
      oldest_waiting_at: events.oldest_waiting_at?.toISOString() ?? null,
    },
  }
}
