import axios from "axios"

import type { OdooServer } from "./client"

type Answer = { result?: unknown; error?: { data?: { message?: string } } }

/**
 * Makes an API key of the user, as a person does under My Preferences, Security: Odoo asks for the password once more.
 * @returns the key, which ends after a day
 */
export async function makeUserKey({ url, database, user, password }: OdooServer): Promise<string> {
  let cookie = ""
  const ask = async (path: string, params: object) => {
    const { data, headers } = await axios.post<Answer>(`${url}${path}`, { jsonrpc: "2.0", method: "call", params }, { headers: { cookie } })
    if (data.error !== undefined) {
      throw new Error(`Odoo made no API key: ${data.error.data?.message ?? "no reason given"}`)
    }
    cookie = headers["set-cookie"]?.map((one) => one.split(";")[0]).join("; ") ?? cookie
    return data.result
  }
  const call = (model: string, method: string, args: unknown[], kwargs = {}) =>
    ask(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs })
  await ask("/web/session/authenticate", { db: database, login: user, password })
  const wizard = await call("res.users.apikeys.description", "create", [{ name: "A test", duration: "1" }])
  const check = (await call("res.users.apikeys.description", "make_key", [[wizard]])) as { res_id: number }
  const shown = await call("res.users.identitycheck", "run_check", [[check.res_id]], { context: { password } })
  return (shown as { context: { default_key: string } }).context.default_key
}
