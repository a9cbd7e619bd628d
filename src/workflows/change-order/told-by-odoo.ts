import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { OrderStatusField } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"
import { captureOrders } from "../capture/capture-orders"
import { startDelivery } from "../deliver/start-delivery"

/**
 * Changes an order because Odoo says so. What Odoo has said is not told back to it (contract 7); what followed from it
 * and Odoo did not say, such as the payment that a cancellation gives back, is. What had changed before is told first.
 *
 * To be called under the order's lock: there is one such change of an order at a time.
 * @param fields what of the order Odoo is speaking of
 */
export async function asToldByOdoo<T>(
  container: MedusaContainer,
  orderId: string,
  fields: readonly OrderStatusField[],
  change: () => Promise<T>
): Promise<T> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  await captureOrders(container, { ids: [orderId] })
  await odoo.noteToldByOdoo(orderId, fields)
  try {
    return await change()
  } finally {
    await endTelling(container, orderId).catch((error: unknown) => {
      // it ends by itself, and the sweep finds what was not told
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`odoo: order ${orderId} could not be captured after a change of Odoo's: ${describeError(error)}`)
    })
  }
}

async function endTelling(container: MedusaContainer, orderId: string): Promise<void> {
  const { captured } = await captureOrders(container, { ids: [orderId] })
  await container.resolve<OdooModuleService>(ODOO_MODULE).noteToldByOdoo(orderId, [])
  if (captured > 0) {
    startDelivery(container)
  }
}
