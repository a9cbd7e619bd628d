import type { OdooClient } from "../../../odoo-client"
import { isObject } from "../../../wire/redact"

/** The user of Odoo by whom the shop works; null where Odoo does not say. */
export async function readUser(client: OdooClient): Promise<{ id: number; login: string } | null> {
  const context = await client.call("res.users", "context_get")
  const id = isObject(context) && typeof context.uid === "number" ? context.uid : undefined
  const [user] = id === undefined ? [] : await client.searchRead("res.users", { domain: [["id", "=", id]], fields: ["login"] })
  return user !== undefined && typeof user.login === "string" ? { id: user.id, login: user.login } : null
}
