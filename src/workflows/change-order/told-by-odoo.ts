import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { describeError } from "../../utils/describe-error"
import { captureOrders } from "../capture/capture-orders"
import { startDelivery } from "../deliver/start-delivery"

/** What Odoo makes of an order by canceling it: an authorisation that is released is part of it, a refund is not. */
export const TOLD_BY_CANCELING = ["status=canceled", "payment_status=canceled"]

/**
 * Changes an order because Odoo says so. What Odoo has said is not told back to it (contract 7); what followed from it
 * and Odoo did not say, such as the refund of a cancellation, is. What had changed before is told first.
 *
 * To be called under the order's lock: there is one such change of an order at a time.
 * @param told what Odoo makes of the order: `status=canceled`. Who changes it otherwise meanwhile is heard
 */
export async function asToldByOdoo<T>(
  container: MedusaContainer,
  orderId: string,
  told: readonly string[],
  change: () => Promise<T>
): Promise<T> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  await captureOrders(container, { ids: [orderId] })
  await odoo.noteToldByOdoo(orderId, told)
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
