import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { WireError } from "../wire/errors"

const requireAny = (count: number, destination: string | undefined) => {
  if (count === 0 && destination !== undefined) {
    throw new WireError("NOT_FOUND", "There is no such destination.")
  }
}

/**
 * Pauses delivery in every instance. Running attempts are completed.
 * @param input.destination the destination to pause; all where it is missing
 * @throws WireError `NOT_FOUND`
 */
export async function pauseDelivery(container: MedusaContainer, input: { reason?: string | undefined; destination?: string | undefined }): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  requireAny(await odoo.outbox.pause(input.reason ?? null, input.destination ?? null), input.destination)
}

/** Resumes delivery, to one destination or to all. @throws WireError `NOT_FOUND` */
export async function resumeDelivery(container: MedusaContainer, { destination }: { destination?: string | undefined }): Promise<void> {
  requireAny(await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.resume(destination ?? null), destination)
}
