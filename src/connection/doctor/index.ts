import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { DoctorAnswer } from "../../wire/answer-schemas/admin"
import { newClientOf, noConnection } from "../client"
import { examine } from "./examine"
import { readShop } from "./read-shop"

/**
 * Finds out what is wrong with the direct connection, and between the shop and Odoo.
 * @throws WireError `CONFLICT` where the options name no Odoo
 */
export async function runDoctor(container: MedusaContainer): Promise<DoctorAnswer> {
  const { odoo: options } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  // a client of its own: one that has worked for days remembers fields that have been deleted meanwhile
  const client = newClientOf(options)
  if (client === null) {
    throw noConnection()
  }
  try {
    return await examine({ client, options, shop: await readShop(container), now: () => new Date() })
  } finally {
    client.close()
  }
}
