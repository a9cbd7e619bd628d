import type { OdooClient } from "../../odoo-client"
import { WITH_ARCHIVED } from "./ask"
import { GROUPS } from "./groups"
import { there, type Finding, type Piece, type Setting, type Work } from "./piece"

const MODEL = "res.currency"

/** A currency of Odoo's, also one that is switched off; undefined where Odoo lacks it. */
export async function findCurrency(client: OdooClient, code: string): Promise<{ id: number; isActive: boolean } | undefined> {
  const [found] = await client.searchRead(MODEL, { domain: [["name", "=", code]], fields: ["active"], limit: 1, context: WITH_ARCHIVED })
  return found && { id: found.id, isActive: found.active === true }
}

/** What is said of a currency that Odoo lacks. */
export const noCurrency = (code: string): Finding => ({
  state: "needs an administrator",
  detail: `Odoo has no currency ${code}. An administrator makes it there.`,
})

async function planCurrency(client: OdooClient, code: string): Promise<Finding | Work> {
  const found = await findCurrency(client, code)
  if (found === undefined) {
    return noCurrency(code)
  }
  if (found.isActive) {
    return there()
  }
  return {
    state: "changed",
    detail: "Switched on. Odoo takes its exchange rate for 1 until somebody enters one.",
    right: { model: MODEL, operation: "write" },
    act: async () => {
      await client.call(MODEL, "write", { ids: [found.id], vals: { active: true } })
      return null
    },
  }
}

/** A currency of the shop's, which must be switched on in Odoo. */
export const currencyPiece = ({ client }: Setting, code: string): Piece => ({
  what: `currency ${code}`,
  group: GROUPS.currencies,
  setUp: () => planCurrency(client, code),
  remove: () => Promise.resolve(there("Currencies stay as they are.")),
})
