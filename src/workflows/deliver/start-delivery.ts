import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"
import { drainEvents } from "./drain"

/**
 * Starts to send what is due, and does not wait for it: a slow Odoo must not keep whoever asks for it. Not by the
 * workflow, whose engine would first write and look up a run of it.
 */
export function startDelivery(container: MedusaContainer): void {
  drainEvents(container).catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`odoo: delivery broke off, the next job goes on with it: ${describeError(error)}`)
  })
}
