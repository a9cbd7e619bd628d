import { OdooError, type OdooErrorKind, type OdooVersion } from "../../../odoo-client"
import { mend, unknown, well, type Check, type CheckInput, type Finding } from "../check"

/** The first version that the direct connection is made for. */
const OLDEST_MAJOR = 16

/** What keeps Odoo from answering, and its remedy. Something else at the address is a fault; silence may pass. */
const SILENCES: Partial<Record<OdooErrorKind, (check: "connection") => Finding>> = {
  transport: (check) =>
    unknown(check, "Odoo could not be reached.", "Check the name and the port in odoo.url (ODOO_URL), that Odoo runs, and that no firewall stands between."),
  timeout: (check) => unknown(check, "Odoo did not answer in time.", "Check the name and the port in odoo.url (ODOO_URL), and whether Odoo has too much to do."),
  maintenance: (check) => unknown(check, "Odoo is in maintenance.", "Wait until Odoo is back, and ask again."),
  busy: (check) => unknown(check, "Odoo takes no calls at the moment.", "Ask again in some minutes. Where that goes on, Odoo needs more workers."),
  not_odoo: (check) =>
    mend(check, "The address does not answer as an Odoo does.", "Set odoo.url (ODOO_URL) to the address of Odoo without a path, such as https://shop.odoo.com."),
}

function versionFinding({ name, major }: OdooVersion): Finding {
  return major >= OLDEST_MAJOR
    ? well("version", `Odoo has the version ${name}.`)
    : mend("version", `Odoo has the version ${name}, which the direct connection does not know.`, `Upgrade Odoo to ${String(OLDEST_MAJOR)} or later.`)
}

async function run({ client }: CheckInput): Promise<Finding[]> {
  try {
    const version = await client.version()
    return [well("connection", "Odoo answers."), versionFinding(version)]
  } catch (error) {
    const silence = error instanceof OdooError ? SILENCES[error.kind] : undefined
    if (silence === undefined) {
      throw error
    }
    return [silence("connection")]
  }
}

/** Whether Odoo answers, and its version. */
export const server: Check = { name: "connection", run, isRequired: true }
