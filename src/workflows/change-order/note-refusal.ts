import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { describeError } from "../../utils/describe-error"
import { isWireError } from "../../wire/errors"

/**
 * Carries out a request of Odoo's about an order. A `CONFLICT` is kept as a refusal for a person to see, because Odoo does not
 * send the request again by itself (contract 6). A repeat that succeeds settles the refusal. A failure to write the refusal
 * does not change the answer.
 * @param said identifies the request: the type of an event, or a method and its argument
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
    await odoo.refusals.settle(what).catch(orLog)
    return result
  } catch (error) {
    if (isWireError(error) && error.code === "CONFLICT") {
      await odoo.refusals.note({ ...what, code: error.code, message: error.message, details: error.details }).catch(orLog)
    }
    throw error
  }
}
