import type { ExecArgs } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"

/**
 * Revokes an API key at once.
 *
 *     npx medusa exec <path>/revoke-odoo-api-key <id>
 */
export default async function revokeOdooApiKey({ container, args }: ExecArgs) {
  const id = args[0]
  if (id === undefined) {
    throw new Error("Name the key's id; list-odoo-api-keys shows it.")
  }
  await container.resolve<OdooModuleService>(ODOO_MODULE).revokeApiKey(id)
  process.stdout.write(`\nThe API key ${id} is revoked.\n\n`)
}
