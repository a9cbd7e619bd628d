import type { ExecArgs } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"

/**
 * Makes an API key for the Odoo side and prints it once.
 *
 *     npx medusa exec <path>/generate-odoo-api-key [title]
 */
export default async function generateOdooApiKey({ container, args }: ExecArgs) {
  const title = args.join(" ").trim() || "Odoo"
  const { id, key } = await container.resolve<OdooModuleService>(ODOO_MODULE).generateApiKey(title)
  // not through the logger: what it prints is kept by log collectors
  process.stdout.write(`\nOdoo API key "${title}" (${id}):\n\n  ${key}\n\nIt is shown only now. Send it as x-odoo-api-key.\n\n`)
}
