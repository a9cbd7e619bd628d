import axios, { type AxiosInstance } from "axios"

/** How to reach the Odoo server that the tests use. */
export type OdooServer = { url: string; database: string; user: string; password: string }

/** One condition of a search, in Odoo's own notation: field, operator, value. */
export type Condition = [string, "=" | "in" | "ilike" | ">", unknown]

type RpcReply = { result?: unknown; error?: { message: string; data?: { message?: string } } }

const HOW_TO_GET_ONE =
  "ODOO_URL is not set. These tests need an Odoo 19 with the addon integration-tests/odoo/addons/medusa_shop:\n" +
  "  docker compose -f integration-tests/odoo/compose.yaml up --wait\n" +
  "  ODOO_URL=http://127.0.0.1:8069 npm run test:odoo"

/**
 * The server that `ODOO_URL`, `ODOO_DB`, `ODOO_USER` and `ODOO_PASSWORD` name; all but the first have the defaults of
 * a new Odoo.
 * @throws Error that says how to get a server, when there is no `ODOO_URL`
 */
export function odooServer(environment: Readonly<Record<string, string | undefined>> = process.env): OdooServer {
  const { ODOO_URL, ODOO_DB, ODOO_USER, ODOO_PASSWORD } = environment
  if (!ODOO_URL) {
    throw new Error(HOW_TO_GET_ONE)
  }
  return {
    url: ODOO_URL.replace(/\/+$/, ""),
    database: ODOO_DB || "odoo",
    user: ODOO_USER || "admin",
    password: ODOO_PASSWORD || "admin",
  }
}

/** Asks Odoo by JSON-RPC, as its own web client does. */
export class OdooClient {
  readonly #http: AxiosInstance
  #uid: number | undefined

  constructor(private readonly server: OdooServer) {
    this.#http = axios.create({ baseURL: server.url })
  }

  /**
   * Calls a method of a model.
   * @returns what it returns; null where that is nothing
   * @throws Error with what Odoo says of it
   */
  async call(model: string, method: string, args: unknown[], options: Record<string, unknown> = {}): Promise<unknown> {
    this.#uid ??= await this.#signIn()
    const { database, password } = this.server
    return await this.#rpc("object", "execute_kw", [database, this.#uid, password, model, method, args, options])
  }

  /** The fields of every record that meets the conditions, oldest first. A many2one is `[id, name]`, or false. */
  async search<T extends object>(model: string, domain: Condition[], fields: (keyof T & string)[]): Promise<(T & { id: number })[]> {
    return (await this.call(model, "search_read", [domain], { fields, order: "id" })) as (T & { id: number })[]
  }

  /** @returns the new record's id */
  async create(model: string, values: Record<string, unknown>): Promise<number> {
    return (await this.call(model, "create", [values])) as number
  }

  async write(model: string, id: number, values: Record<string, unknown>): Promise<void> {
    await this.call(model, "write", [[id], values])
  }

  async #signIn(): Promise<number> {
    const { database, user, password } = this.server
    const uid = await this.#rpc("common", "authenticate", [database, user, password, {}])
    if (typeof uid !== "number") {
      throw new Error(`Odoo knows no user "${user}" with that password in the database "${database}": see ODOO_USER, ODOO_PASSWORD, ODOO_DB`)
    }
    return uid
  }

  async #rpc(service: string, method: string, args: unknown[]): Promise<unknown> {
    const { data } = await this.#http.post<RpcReply>("/jsonrpc", { jsonrpc: "2.0", method: "call", params: { service, method, args } })
    if (data.error !== undefined) {
      throw new Error(`Odoo: ${data.error.data?.message ?? data.error.message}`)
    }
    return data.result ?? null
  }
}
