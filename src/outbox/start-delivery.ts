import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { describeError } from "../utils/describe-error"
import { dispatchDue } from "./dispatcher"

/** Sends the due deliveries. Never throws: an error is logged. The workflow is not used, because its engine would first store the run. */
export async function deliver(container: MedusaContainer): Promise<void> {
  await dispatchDue(container).catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`odoo: delivery broke off, the next job goes on with it: ${describeError(error)}`)
  })
}

/** Starts sending the due deliveries without waiting for them: a slow receiver must not hold up the caller. */
export function startDelivery(container: MedusaContainer): void {
  void deliver(container)
}
