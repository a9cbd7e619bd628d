import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { runScript, type Given } from "../utils/command-line"
import { apiKeyOptions } from "../wire/schemas/api-keys"
import { validate } from "../wire/validate"

async function generate(container: MedusaContainer, { values, words }: Given): Promise<string> {
  const { scopes } = validate(apiKeyOptions, values)
  const title = words.join(" ").trim() || "Odoo"
  const { id, key } = await container.resolve<OdooModuleService>(ODOO_MODULE).generateApiKey(title, scopes)
  return `Odoo API key "${title}" (${id}), scopes ${scopes.join(", ")}:\n\n  ${key}\n\nIt is shown only now. Send it as x-odoo-api-key.`
}

/**
 * Creates an API key for Odoo and prints it once. The key is not written to the logger, because log collectors keep its output.
 *
 *     npx medusa exec <path>/generate-odoo-api-key -- --scopes push [title]
 */
export default async function generateOdooApiKey({ container, args }: ExecArgs): Promise<void> {
  const usage = "[--scopes <scope>,…] [title]  makes a key; without --scopes it may read, write and subscribe"
  await runScript("generate-odoo-api-key", { usage, options: ["scopes"], run: (given) => generate(container, given) }, args)
}
