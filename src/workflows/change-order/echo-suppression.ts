import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { describeError } from "../../utils/describe-error"
import { captureOrders } from "../capture/capture-orders"
import { startDelivery } from "../../outbox/start-delivery"

/** The statuses that an order gets when Odoo cancels it. A released authorization is part of the cancellation, a refund is not. */
export const ECHOES_OF_CANCELING = ["status=canceled", "payment_status=canceled"]

/**
 * Makes a change of an order that Odoo has asked for. The statuses in `echoes` are not told back to Odoo (contract 7). Other
 * statuses that follow from the change, such as the refund of a cancellation, are told, and so are changes that other people
 * make meanwhile. Earlier changes are captured first.
 *
 * To be called under the order's lock, so that an order has one such change at a time.
 * @param echoes the statuses that the order gets by the change: `status=canceled`
 */
export async function withEchoSuppressed<T>(
  container: MedusaContainer,
  orderId: string,
  echoes: readonly string[],
  change: () => Promise<T>
): Promise<T> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  await captureOrders(container, { ids: [orderId] })
  await odoo.snapshots.suppressEcho({ record_kind: "order", record_id: orderId }, echoes)
  try {
    return await change()
  } finally {
    await endSuppression(container, orderId).catch((error: unknown) => {
      // the suppression ends after a while, and the sweep captures what was missed
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`odoo: order ${orderId} could not be captured after a change of Odoo's: ${describeError(error)}`)
    })
  }
}

async function endSuppression(container: MedusaContainer, orderId: string): Promise<void> {
  const { captured } = await captureOrders(container, { ids: [orderId] })
  await container.resolve<OdooModuleService>(ODOO_MODULE).snapshots.suppressEcho({ record_kind: "order", record_id: orderId }, [])
  if (captured > 0) {
    startDelivery(container)
  }
}
