import type { MedusaContainer } from "@medusajs/framework/types"

import { clientOf, newClientOf } from "../../connection/client"
import { ODOO_MODULE } from "../../modules/odoo"
import type { DirectOptions } from "../../modules/odoo/odoo-options"
import type OdooModuleService from "../../modules/odoo/service"
import type { OdooClient } from "../../odoo-client"
import { Lookups } from "./lookups"

/** What is at hand while a record is told: the shop, the Odoo of the options, and what Odoo has been asked already. */
export type Session = {
  container: MedusaContainer
  client: OdooClient
  options: DirectOptions
  lookups: Lookups
}

const lookups = new WeakMap<OdooClient, Lookups>()

/** The session with the Odoo of the options; null where the options name none. */
export function sessionOf(container: MedusaContainer): Session | null {
  const options = container.resolve<OdooModuleService>(ODOO_MODULE).options.odoo
  const client = clientOf(options)
  if (client === null) {
    return null
  }
  const known = lookups.get(client) ?? new Lookups(client, options)
  lookups.set(client, known)
  return { container, client, options, lookups: known }
}

/** A session of its own, which remembers nothing of what Odoo was asked before; null where the options name no Odoo. Its user closes the client. */
export function newSessionOf(container: MedusaContainer): Session | null {
  const options = container.resolve<OdooModuleService>(ODOO_MODULE).options.odoo
  const client = newClientOf(options)
  return client && { container, client, options, lookups: new Lookups(client, options) }
}
