import ms from "ms"

import { OdooError, type OdooClient, type OdooRecord } from "../../../odoo-client"
import { counted, mend, well, type Check, type CheckInput, type Finding } from "../check"
import { readUser } from "./user"

/** So many days before a key ends, somebody should make the next one. */
const EARLY_DAYS = 14

/** An API key of Odoo's is 40 hexadecimal digits. */
const isKey = (password: string) => /^[0-9a-f]{40}$/.test(password)

/** Odoo writes a time in UTC, without saying so; false where a key does not end. */
const daysLeft = ({ expiration_date: end }: OdooRecord, now: Date) =>
  typeof end === "string" ? Math.floor((Date.parse(`${end.replace(" ", "T")}Z`) - now.getTime()) / ms("1d")) : Infinity

const inDays = (days: number) => (days === 0 ? "today" : `in ${counted(days, "day")}`)

/**
 * What is to say of the keys of a user. Odoo does not tell which of them a caller has, so of several only the last one's end is
 * certain to concern the shop.
 * @param days how many days each key is good for; `Infinity` for one that does not end
 */
export function keyFinding(days: readonly number[]): Finding[] {
  const first = Math.min(...days)
  const last = Math.max(...days)
  if (days.length === 0) {
    return []
  }
  if (last <= EARLY_DAYS) {
    const what = days.length === 1 ? "The API key of the user in Odoo ends" : "The last API key of the user in Odoo ends"
    const remedy = "Make the next key in Odoo, as that user, under My Preferences, Security, and set odoo.password (ODOO_PASSWORD) to it before then."
    return [mend("key", `${what} ${inDays(last)}.`, remedy)]
  }
  const others = first <= EARLY_DAYS ? ` One of the user's ${String(days.length)} keys ends ${inDays(first)}: see in Odoo whether that is the shop's.` : ""
  return [well("key", last === Infinity ? `An API key of the user in Odoo does not end.${others}` : `An API key of the user in Odoo is good for ${counted(last, "day")}.${others}`)]
}

/** The keys of the user; undefined where Odoo does not show them. */
async function readKeys(client: OdooClient): Promise<OdooRecord[] | undefined> {
  try {
    const user = await readUser(client)
    const hasEnd = (await client.fieldsOf("res.users.apikeys")).has("expiration_date")
    return user === null || !hasEnd
      ? undefined
      : await client.searchRead("res.users.apikeys", { domain: [["user_id", "=", user.id]], fields: ["expiration_date"] })
  } catch (error) {
    if (error instanceof OdooError && ["access", "call"].includes(error.kind)) {
      return undefined
    }
    throw error
  }
}

async function run({ client, options, now }: CheckInput): Promise<Finding[]> {
  const keys = isKey(options.connection?.password ?? "") ? await readKeys(client) : undefined
  // those that have ended are not the one that has just let the shop in
  return keyFinding((keys ?? []).map((key) => daysLeft(key, now())).filter((days) => days >= 0))
}

/** How long the API key is good for, where Odoo tells. */
export const key: Check = { name: "key", run }
