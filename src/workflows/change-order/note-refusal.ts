import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { describeError } from "../../utils/describe-error"
import { isWireError } from "../../wire/errors"

/**
 * Carries out what Odoo says of an order, and notes it for people where it is a `CONFLICT`: Odoo will not say it again
 * by itself (contract 6). The same said again and carried out settles it. Noting it never changes the answer.
 * @param said an event's type, or a method and what it asked for
 */
export async function notingRefusal<T>(container: MedusaContainer, orderId: string, said: string, work: () => Promise<T>): Promise<T> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const what = { kind: "order" as const, recordId: orderId, said }
  const orLog = (error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`odoo: whether ${said} of order ${orderId} was refused could not be noted: ${describeError(error)}`)
  }
  try {
    const result = await work()
    await odoo.settleRefusal(what).catch(orLog)
    return result
  } catch (error) {
    if (isWireError(error) && error.code === "CONFLICT") {
      await odoo.noteRefusal({ ...what, code: error.code, message: error.message, details: error.details }).catch(orLog)
    }
    throw error
  }
}
