import axios from "axios"

import type { OdooServer } from "./client"

type Answer = { result?: unknown; error?: { data?: { message?: string } } }

/** The name of the keys that tests make. */
const NAME = "A test"

type Call = (model: string, method: string, args: unknown[], kwargs?: object) => Promise<unknown>

/** Signs a user in as a browser does. */
async function signedIn({ url, database, user, password }: OdooServer): Promise<Call> {
  let cookie = ""
  const ask = async (path: string, params: object) => {
    const { data, headers } = await axios.post<Answer>(`${url}${path}`, { jsonrpc: "2.0", method: "call", params }, { headers: { cookie } })
    if (data.error !== undefined) {
      throw new Error(`Odoo has refused what concerns an API key: ${data.error.data?.message ?? "no reason given"}`)
    }
    cookie = headers["set-cookie"]?.map((one) => one.split(";")[0]).join("; ") ?? cookie
    return data.result
  }
  await ask("/web/session/authenticate", { db: database, login: user, password })
  return (model, method, args, kwargs = {}) => ask(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs })
}

/** Answers Odoo's question for the password, where the result of a call is that question. */
async function confirmed(call: Call, { password }: OdooServer, result: unknown): Promise<unknown> {
  const { res_model: model, res_id: id } = result as { res_model?: string; res_id?: number }
  return model === "res.users.identitycheck" ? await call(model, "run_check", [[id]], { context: { password } }) : result
}

/**
 * Makes an API key of the user, as a person does under My Preferences, Security: Odoo asks for the password once more.
 * @returns the key, which ends after a day
 */
export async function makeUserKey(server: OdooServer): Promise<string> {
  const call = await signedIn(server)
  const wizard = await call("res.users.apikeys.description", "create", [{ name: NAME, duration: "1" }])
  const shown = await confirmed(call, server, await call("res.users.apikeys.description", "make_key", [[wizard]]))
  return (shown as { context: { default_key: string } }).context.default_key
}

/** Removes the keys that tests have made for the user, as a person does. */
export async function revokeUserKeys(server: OdooServer): Promise<void> {
  const call = await signedIn(server)
  const keys = (await call("res.users.apikeys", "search", [[["name", "=", NAME]]])) as number[]
  for (const key of keys) {
    await confirmed(call, server, await call("res.users.apikeys", "remove", [[key]]))
  }
}
