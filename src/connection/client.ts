import type { DirectOptions } from "../modules/odoo/odoo-options"
import { OdooClient } from "../odoo-client"
import { WireError } from "../wire/errors"

/** The error where Odoo is to be asked and the options name none. */
export const noConnection = () =>
  new WireError(
    "CONFLICT",
    "There is no Odoo to ask. Set odoo.url, odoo.username and odoo.password, and odoo.database where the server has several (ODOO_URL, ODOO_USERNAME, ODOO_PASSWORD, ODOO_DB_NAME), and start the shop again."
  )

/** One client for a set of options, so that connections are kept open, and calls of the whole process share one limit. */
const clients = new WeakMap<DirectOptions, OdooClient>()

/**
 * A client of the Odoo that the options name, with connections and memories of its own. Its user closes it.
 * @returns null where the options name none
 */
export function newClientOf({ connection, companyId }: DirectOptions): OdooClient | null {
  return connection === null
    ? null
    : new OdooClient({
        ...connection,
        // times are written in UTC; without a time zone, Odoo reads them in the user's
        context: { tz: "UTC", ...(companyId === undefined ? {} : { allowed_company_ids: [companyId] }) },
      })
}

/**
 * The client of the Odoo that the options name.
 * @returns null where the options name none
 */
export function clientOf(options: DirectOptions): OdooClient | null {
  const client = clients.get(options) ?? newClientOf(options)
  if (client !== null) {
    clients.set(options, client)
  }
  return client
}
