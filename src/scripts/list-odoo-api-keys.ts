import type { ExecArgs } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { DEFAULT_SCOPES } from "../wire/scopes"

/** The width of the column of scopes, which fits the default scopes that most keys have. */
const SCOPES_WIDTH = DEFAULT_SCOPES.join(",").length

const day = (time: Date | null) => (time === null ? "never" : new Date(time).toISOString().slice(0, 16))

/** Prints the generated API keys with their scopes, titles and last uses. The keys themselves are not stored. */
export default async function listOdooApiKeys({ container }: ExecArgs) {
  const keys = await container.resolve<OdooModuleService>(ODOO_MODULE).listOdooApiKeys({}, { order: { created_at: "ASC" } })
  const lines = keys.map(
    (key) =>
      `${key.id}  ${key.redacted}  ${key.revoked_at === null ? "live   " : "revoked"}  ${key.scopes.join(",").padEnd(SCOPES_WIDTH)}  last used ${day(key.last_used_at)}  ${key.title}`
  )
  process.stdout.write(`\n${lines.length === 0 ? "There is no generated API key." : lines.join("\n")}\n\n`)
}
