import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { OdooError } from "../../odoo-client"
import { listShopCurrencies } from "../../queries/list-shop-currencies"
import type { SetupAnswer, SetupState } from "../../wire/answer-schemas/admin"
import { WireError } from "../../wire/errors"
import { clientOf, noConnection } from "../client"
import type { SetupMode } from "./run-pieces"
import { setUp } from "./set-up"

/** States after which somebody has to do something. */
const OPEN: readonly SetupState[] = ["needs an administrator", "failed"]

/** What set-up has done in the Odoo of the options. */
export type SetupReport = SetupAnswer & {
  /** whether Odoo stopped answering meanwhile */
  isInterrupted: boolean
}

/**
 * Makes in the Odoo of the options what the direct connection needs, or removes what this has made.
 * @throws WireError `CONFLICT` without a connection, `SYNC_FAILED` where Odoo does not answer
 */
export async function setUpOdoo(container: MedusaContainer, mode: SetupMode): Promise<SetupReport> {
  const options = container.resolve<OdooModuleService>(ODOO_MODULE).options.odoo
  const client = clientOf(options)
  if (client === null) {
    throw noConnection()
  }
  try {
    const currencies = await listShopCurrencies(container)
    const { steps, interruption } = await setUp({ client, companyId: options.companyId, currencies, ...mode })
    return { success: !steps.some(({ state }) => OPEN.includes(state)), steps, isInterrupted: interruption !== null }
  } catch (error) {
    throw error instanceof OdooError ? new WireError("SYNC_FAILED", error.message) : error
  }
}
