import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { OdooError } from "../odoo-client"
import { startDelivery } from "../outbox/start-delivery"
import { tellOfLateInvoices } from "../targets/odoo/late-invoices"
import { describeError } from "../utils/describe-error"

/** Has payments registered on invoices that Odoo has made after the capture, and starts the delivery of what is to be told for that. */
export default async function payLateInvoices(container: MedusaContainer): Promise<void> {
  try {
    if ((await tellOfLateInvoices(container)) > 0) {
      startDelivery(container)
    }
  } catch (error) {
    const text = `odoo: unpaid invoices could not be looked for, the next job tries again: ${describeError(error)}`
    if (!(error instanceof OdooError)) {
      throw new Error(text)
    }
    // an outage shows by what waits for it
    container.resolve(ContainerRegistrationKeys.LOGGER).warn(text)
  }
}

export const config = { name: "odoo-pay-late-invoices", schedule: { interval: 150_000 } }
