import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { describeError } from "../utils/describe-error"

/** Removes expired rows: closed events, settled refusals and idempotency keys. */
export default async function prune(container: MedusaContainer): Promise<void> {
  await container
    .resolve<OdooModuleService>(ODOO_MODULE)
    .prune()
    .catch((error: unknown) => {
      throw new Error(`odoo: nothing could be removed: ${describeError(error)}`)
    })
}

export const config = { name: "odoo-prune", schedule: "17 * * * *" }
