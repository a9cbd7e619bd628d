import { OdooError, type ProtocolName } from "../../../odoo-client"
import { mend, well, type Check, type CheckInput, type Finding } from "../check"
import { readUser } from "./user"

const DATABASE = well("database", "Odoo has the database.")

/** Why Odoo lets nobody in. @throws the error where that is another one */
function refusal(error: unknown, database: string | null): Finding[] {
  const kind = error instanceof OdooError ? error.kind : undefined
  if (kind === "database") {
    return database === null
      ? [mend("database", "The shop does not name the database of Odoo.", "Set odoo.database (ODOO_DB_NAME) to the name of the database.")]
      : [mend("database", "Odoo has no database of that name.", "Set odoo.database (ODOO_DB_NAME) to the name that Odoo's own database list shows.")]
  }
  if (kind === "plan") {
    return [mend("plan", "Odoo's subscription does not include the API.", "Change the subscription to a Custom plan, or host Odoo elsewhere.")]
  }
  if (kind === "key") {
    const remedy = "Check odoo.username and odoo.password (ODOO_USERNAME, ODOO_PASSWORD). A key may have expired: make another one in Odoo, under My Preferences, Security."
    return [DATABASE, mend("user", "Odoo does not accept the user with that password or key.", remedy)]
  }
  throw error
}

/** JSON-2 asks for a key alone, which may be somebody else's. */
async function userFinding({ client, options }: CheckInput, protocol: ProtocolName): Promise<Finding> {
  const user = await readUser(client)
  const spoken = protocol === "json-2" ? "JSON-2" : "JSON-RPC"
  return user === null || user.login === options.connection?.username
    ? well("user", `Odoo lets the user in, by ${spoken}.`)
    : mend("user", "The key belongs to another user of Odoo than odoo.username names.", "Set odoo.username (ODOO_USERNAME) to the login of the key's user, or odoo.password (ODOO_PASSWORD) to a key of that user.")
}

async function run(input: CheckInput): Promise<Finding[]> {
  const { client, options } = input
  try {
    const protocol = await client.protocol()
    const plan = protocol === "json-2" ? [well("plan", "Odoo's subscription includes the API.")] : []
    return [...plan, DATABASE, await userFinding(input, protocol)]
  } catch (error) {
    return refusal(error, options.connection?.database ?? null)
  }
}

/** Whether Odoo has the database, and lets the user in. */
export const signIn: Check = { name: "user", run, isRequired: true }
