import { parsedJson } from "../wire/parsed-json"
import { isObject } from "../wire/redact"
import type { OdooCall, OdooConnection } from "./connection"
import { nameOfCall, OdooError, readFailure } from "./errors"
import type { OdooHttp } from "./http"
import type { Protocol } from "./protocol"

/**
 * The first parameter of methods that are called on no record. Odoo takes it by position, or gives it another name before 19.
 */
const FIRST_BY_POSITION: Readonly<Record<string, string>> = { create: "vals_list", default_get: "fields" }

/** The parameters in the form of JSON-RPC: the records and, for some methods, the first parameter by position; the others by name. */
function argumentsOf({ method, parameters: { ids, ...named } }: OdooCall): [unknown[], Record<string, unknown>] {
  if (ids !== undefined) {
    return [[ids], named]
  }
  const first = FIRST_BY_POSITION[method]
  if (first === undefined || !(first in named)) {
    return [[], named]
  }
  const { [first]: value, ...rest } = named
  return [[value], rest]
}

/** JSON-RPC, the protocol of Odoo 16 to 18, which later versions still have: a user signs in with a password or a key. */
export class JsonRpc implements Protocol {
  #user: Promise<number> | undefined

  constructor(
    private readonly http: OdooHttp,
    private readonly connection: OdooConnection & { database: string; timeoutMs: number }
  ) {}

  async call(call: OdooCall): Promise<unknown> {
    const { database, password } = this.connection
    const user = await this.signIn()
    return await this.#ask("object", "execute_kw", [database, user, password, call.model, call.method, ...argumentsOf(call)], nameOfCall(call))
  }

  /**
   * The id of the user in Odoo. Odoo is asked once.
   * @throws OdooError `key` where Odoo does not know the user with that password or key
   */
  async signIn(): Promise<number> {
    this.#user ??= this.#signIn().catch((error: unknown) => {
      this.#user = undefined
      throw error
    })
    return await this.#user
  }

  async #signIn(): Promise<number> {
    const { database, username, password } = this.connection
    const user = await this.#ask("common", "authenticate", [database, username, password, {}], "common/authenticate")
    if (typeof user !== "number") {
      throw new OdooError("key", "common/authenticate")
    }
    return user
  }

  async #ask(service: string, method: string, args: unknown[], call: string): Promise<unknown> {
    const { password, timeoutMs } = this.connection
    const answer = await this.http.ask({
      method: "POST",
      path: "/jsonrpc",
      body: { jsonrpc: "2.0", method: "call", id: 1, params: { service, method, args } },
      call,
      timeoutMs,
    })
    const json = parsedJson(answer.body)?.json
    if (answer.status !== 200 || !isObject(json) || !("jsonrpc" in json) || json.error !== undefined) {
      throw readFailure(answer, isObject(json) ? (json.error ?? json) : undefined, call, [password])
    }
    return json.result ?? null
  }
}
