import { createServer, type IncomingMessage, type Server } from "http"
import type { AddressInfo } from "net"

import { OdooClient } from "../client"
import type { OdooConnection } from "../connection"
import { withinTime } from "../deadline"
import type { OdooError } from "../errors"

const SECRET = "f00dfacef00dfacef00dfacef00dfacef00dface"

type Reply = { status?: number; json?: unknown; html?: string; headers?: Record<string, string>; never?: boolean }
type Asked = { path: string; headers: IncomingMessage["headers"]; body: unknown }

const VERSION_19: Reply = { json: { version: "19.0", version_info: [19, 0, 0, "final", 0, ""] } }
const KEY_IS_KNOWN: Reply = { json: { lang: "en_US" } }
const exception = (name: string, message: string) => ({ name, message, arguments: [message], context: {}, debug: "Traceback (most recent call last)\n…" })

/** A server that answers each path as it is told, one answer after another; the last one again and again. */
class Answers {
  readonly asked: Asked[] = []
  #server: Server | undefined
  #replies = new Map<string, Reply[]>()

  on(path: string, ...replies: Reply[]): this {
    this.#replies.set(path, replies)
    return this
  }

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      let text = ""
      request.on("data", (chunk: Buffer) => (text += chunk.toString()))
      request.on("end", () => {
        const path = request.url ?? ""
        this.asked.push({ path, headers: request.headers, body: text === "" ? undefined : JSON.parse(text) })
        const replies = this.#replies.get(path) ?? [{ status: 404, html: "<html><title>404 Not Found</title></html>" }]
        const { status = 200, json, html, headers, never } = replies.length > 1 ? replies.shift()! : replies[0]!
        if (never !== true) {
          response.writeHead(status, { "content-type": html === undefined ? "application/json" : "text/html", ...headers })
          response.end(html ?? JSON.stringify(json))
        }
      })
    })
    await new Promise<void>((resolve) => this.#server!.listen(0, "127.0.0.1", resolve))
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`
  }

  stop(): void {
    this.#server?.closeAllConnections()
    this.#server?.close()
  }
}

describe("a client of Odoo", () => {
  let answers: Answers
  let client: OdooClient

  const open = async (set: Partial<OdooConnection> = {}) => {
    client = new OdooClient({ url: await answers.start(), database: "shop", username: "medusa", password: SECRET, ...set })
  }
  const failure = async (work: Promise<unknown>): Promise<OdooError> => {
    const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: "OdooError" })
    return error as OdooError
  }
  const newOdoo = () => answers.on("/json/version", VERSION_19).on("/json/2/res.users/context_get", KEY_IS_KNOWN)

  beforeEach(() => {
    answers = new Answers()
  })
  afterEach(() => {
    client.close()
    answers.stop()
  })

  it("speaks JSON-2 where Odoo has it and the password is a key", async () => {
    newOdoo().on("/json/2/res.partner/search", { json: [1, 2] })
    await open()
    expect(await client.call("res.partner", "search", { domain: [] })).toEqual([1, 2])
    expect(await client.call("res.partner", "search", { domain: [] })).toEqual([1, 2])
    expect(answers.asked.map(({ path }) => path)).toEqual(["/json/version", "/json/2/res.users/context_get", "/json/2/res.partner/search", "/json/2/res.partner/search"])
    expect(answers.asked[2]).toMatchObject({ body: { domain: [] }, headers: { authorization: `bearer ${SECRET}`, "x-odoo-database": "shop" } })
  })

  it("speaks JSON-RPC where the password is none of Odoo's keys, and where Odoo is older", async () => {
    const rpc: Reply[] = [{ json: { jsonrpc: "2.0", id: 1, result: 7 } }, { json: { jsonrpc: "2.0", id: 1, result: true } }]
    answers.on("/json/version", VERSION_19).on("/json/2/res.users/context_get", { status: 401, json: exception("werkzeug.exceptions.Unauthorized", "Invalid apikey") })
    answers.on("/jsonrpc", ...rpc)
    await open()
    expect(await client.call("res.partner", "write", { ids: [3], vals: { name: "Layla" } })).toBe(true)
    expect(answers.asked.at(-1)?.body).toMatchObject({
      params: { service: "object", method: "execute_kw", args: ["shop", 7, SECRET, "res.partner", "write", [[3]], { vals: { name: "Layla" } }] },
    })
    client.close()
    answers.stop()

    answers = new Answers().on("/jsonrpc", { json: { jsonrpc: "2.0", id: 1, result: { server_version: "17.0", server_version_info: [17, 0, 0, "final", 0, ""] } } }, ...rpc)
    await open()
    expect(await client.call("res.partner", "create", { vals_list: [{ name: "Layla" }] })).toBe(true)
    expect(answers.asked.at(-1)?.body).toMatchObject({ params: { args: ["shop", 7, SECRET, "res.partner", "create", [[{ name: "Layla" }]], {}] } })
  })

  it("names why a call failed, in words that hold no secret", async () => {
    const cases: [Reply, string][] = [
      [{ status: 403, json: exception("odoo.exceptions.AccessError", "You are not allowed to create 'Contact'") }, "access"],
      [{ status: 404, json: exception("odoo.exceptions.MissingError", "Record does not exist or has been deleted.") }, "missing_record"],
      [{ status: 422, json: exception("odoo.exceptions.ValidationError", "The VAT number is wrong") }, "validation"],
      [{ status: 401, json: exception("werkzeug.exceptions.Unauthorized", `Invalid apikey ${SECRET}`) }, "key"],
      [{ status: 500, json: exception("builtins.ValueError", "Invalid field 'x' on 'sale.order'") }, "call"],
      [{ status: 403, json: exception("odoo.exceptions.UserError", "The external API is part of the Custom pricing plan.") }, "plan"],
      [{ status: 404, json: exception("werkzeug.exceptions.NotFound", 'database "shop" does not exist') }, "database"],
      [{ status: 503, html: "<html><title>Under maintenance</title></html>" }, "maintenance"],
      [{ status: 200, html: "<html><title>Shop of somebody</title></html>" }, "not_odoo"],
      [{ status: 303, html: "", headers: { location: "/web/login" } }, "not_odoo"],
    ]
    for (const [reply, kind] of cases) {
      answers = new Answers()
      newOdoo().on("/json/2/sale.order/load", reply)
      await open()
      const error = await failure(client.call("sale.order", "load"))
      expect([reply, error.kind]).toEqual([reply, kind])
      expect(`${error.message} ${error.reason ?? ""} ${JSON.stringify(error)}`).not.toContain(SECRET)
      client.close()
      answers.stop()
    }
  })

  it("repeats a call that other work in Odoo has prevented, and no other", async () => {
    const prevented: Reply = { status: 500, json: exception("psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update") }
    newOdoo().on("/json/2/sale.order/load", prevented, prevented, { json: { ids: [4], messages: [] } }).on("/json/2/sale.order/create", { status: 500, json: exception("builtins.ValueError", "no") })
    await open()
    expect(await client.load("sale.order", ["id"], [["medusa.order_1"]])).toEqual({ ids: [4] })
    await failure(client.call("sale.order", "create", { vals_list: [{}] }))
    expect(answers.asked.filter(({ path }) => path.endsWith("/create"))).toHaveLength(1)
  })

  it("waits as long as a server asks that is busy, and leaves a long wait to the caller", async () => {
    newOdoo()
      .on("/json/2/res.partner/search", { status: 429, html: "", headers: { "retry-after": "0" } }, { json: [] })
      .on("/json/2/res.partner/read", { status: 429, html: "", headers: { "retry-after": "120" } })
    await open()
    expect(await client.call("res.partner", "search")).toEqual([])
    expect(client.concurrency).toBeLessThan(8)
    expect(await failure(client.call("res.partner", "read"))).toMatchObject({ kind: "busy", status: 429, retryAfterMs: 120_000 })
    // no other call waits for so long in the client, nor asks meanwhile
    const asked = answers.asked.length
    expect(await failure(client.call("res.partner", "search"))).toMatchObject({ kind: "busy" })
    expect(answers.asked).toHaveLength(asked)
  })

  it("ends the calls of some work with the time that the work has", async () => {
    newOdoo().on("/json/2/res.partner/search", { never: true })
    await open()
    const start = Date.now()
    const work = withinTime(200, async () => {
      await client.call("res.partner", "search").catch(() => undefined)
      await client.call("res.partner", "read")
    })
    expect((await failure(work)).kind).toBe("timeout")
    expect(Date.now() - start).toBeLessThan(2_000)
    expect(answers.asked.filter(({ path }) => path.endsWith("/read"))).toEqual([])
  })

  it("gives up on a server that does not answer, or is not there", async () => {
    newOdoo().on("/json/2/res.partner/search", { never: true })
    await open({ timeoutMs: 200 })
    expect((await failure(client.call("res.partner", "search"))).kind).toBe("timeout")
    answers.stop()
    expect(await failure(client.call("res.partner", "search"))).toMatchObject({ kind: "transport", reason: "ECONNREFUSED" })
  })

  it("says that an address is none of an Odoo, and asks again when the next call comes", async () => {
    await open()
    expect((await failure(client.call("res.partner", "search"))).kind).toBe("not_odoo")
    newOdoo().on("/json/2/res.partner/search", { json: [] })
    expect(await client.call("res.partner", "search")).toEqual([])
  })
})
