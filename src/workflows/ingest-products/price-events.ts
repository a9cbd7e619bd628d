import type { MedusaContainer } from "@medusajs/framework/types"
import { buildModuleResourceEventName, type CommonEvents, ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"

/**
 * Says of prices what the pricing module itself says when it writes them, so that caches and indexes follow. It does not
 * throw: the prices are written.
 */
export async function emitPriceEvents(
  container: MedusaContainer,
  action: `${CommonEvents}`,
  ids: readonly string[]
): Promise<void> {
  if (ids.length === 0) {
    return
  }
  const name = buildModuleResourceEventName({ prefix: Modules.PRICING, objectName: "price", action })
  const metadata = { source: Modules.PRICING, object: "price", action }
  await container
    .resolve(Modules.EVENT_BUS)
    .emit(ids.map((id) => ({ name, data: { id }, metadata })), { internal: true })
    .catch((error: unknown) => {
      container.resolve(ContainerRegistrationKeys.LOGGER).warn(`odoo: price events were not emitted: ${describeError(error)}`)
    })
}
