import type { Logger } from "@medusajs/framework/types"

import { areHooksKnown } from "../utils/core-hooks"
import { inventoryEvents } from "../utils/inventory-events"
import { isUntried, MEDUSA_VERSION } from "../utils/versions"

/** Logs, at the start of Medusa, that the plugin was not tried with this version of Medusa, and which events the version lacks. */
export function noteVersion({ logger }: { logger: Pick<Logger, "info"> }): Promise<void> {
  if (isUntried(MEDUSA_VERSION)) {
    logger.info(`odoo: this plugin was not tried with Medusa ${MEDUSA_VERSION}, which is newer. It is served as the versions before.`)
  }
  if (Object.values(inventoryEvents).includes(undefined)) {
    logger.info(`odoo: Medusa ${MEDUSA_VERSION} has no workflow events of inventory items and levels, and none are emitted.`)
  }
  if (!areHooksKnown()) {
    logger.info(`odoo: Medusa ${MEDUSA_VERSION} does not tell which hooks of its workflows are taken. Products are written by its workflows, which is slower.`)
  }
  return Promise.resolve()
}
