import { randomUUID } from "crypto"

import { OdooClient, type OdooConnection, type OdooError } from "../../src/odoo-client"
import { odooServer } from "./client"
import { Line } from "./line"
import { makeUserKey } from "./user-key"

const server = odooServer()

/** The protocol, the option that asks for it, and whether the user comes with a key or with the password. */
const SPOKEN = [
  ["json-2", undefined, "a key"],
  ["json-rpc", "json-rpc", "a key"],
  ["json-rpc", undefined, "the password"],
] as const

describe.each(SPOKEN)("a client of a real Odoo, by %s (option: %s) with %s", (spoken, protocol, secret) => {
  let client: OdooClient
  let password: string
  const connection = (): OdooConnection => ({ url: server.url, database: server.database, username: server.user, password, protocol })
  const newEmail = () => `layla.${randomUUID()}@example.com`
  const failure = async (work: Promise<unknown>) => await work.then(() => undefined, (error: unknown) => error as OdooError)

  beforeAll(async () => {
    password = secret === "a key" ? await makeUserKey(server) : server.password
    client = new OdooClient(connection())
  })
  afterAll(() => {
    client.close()
  })

  it("finds out what Odoo speaks", async () => {
    expect(await client.protocol()).toBe(spoken)
    expect((await client.version()).major).toBeGreaterThanOrEqual(19)
  })

  it("makes, finds, changes and deletes records", async () => {
    const email = newEmail()
    const ids = (await client.call("res.partner", "create", { vals_list: [{ name: "ليلى الصباح", email }] })) as number[]
    expect(await client.searchRead("res.partner", { domain: [["email", "=", email]], fields: ["name"] })).toEqual([{ id: ids[0], name: "ليلى الصباح" }])
    await client.call("res.partner", "write", { ids, vals: { city: "Kuwait City" } })
    expect(await client.call("res.partner", "read", { ids, fields: ["city", "vat"] })).toEqual([{ id: ids[0], city: "Kuwait City", vat: false }])
    expect(await client.call("res.partner", "unlink", { ids })).toBe(true)
    expect(await client.call("res.partner", "search_count", { domain: [["email", "=", email]] })).toBe(0)
  })

  it("makes a record once by its external id, also when six ask at the same time", async () => {
    const email = newEmail()
    const name = `medusa_test.partner_${randomUUID().replaceAll("-", "_")}`
    const load = () => client.load("res.partner", ["id", "name", "email"], [[name, "Layla", email]])
    const ends = await Promise.allSettled(Array.from({ length: 6 }, load))
    const made = await load()
    expect(made).toEqual({ ids: [expect.any(Number)] })
    for (const end of ends) {
      // who has met the others again and again is told so
      expect(end.status === "fulfilled" ? end.value : (end.reason as OdooError).kind).toEqual(end.status === "fulfilled" ? made : "concurrency")
    }
    expect(await client.call("res.partner", "search_count", { domain: [["email", "=", email]] })).toBe(1)
  })

  it("says why rows were not loaded", async () => {
    const refused = await client.load("res.partner", ["name", "country_id"], [["Layla", "Nowhere at all"]])
    expect(refused).toEqual({ refused: [expect.stringContaining("Nowhere at all")] })
  })

  it("gives each record once while others are made and deleted", async () => {
    const email = newEmail()
    const make = async (count: number) => (await client.call("res.partner", "create", { vals_list: Array.from({ length: count }, (_none, index) => ({ name: `P${String(index)}`, email })) })) as number[]
    const ids = await make(25)
    const [gone, ...stay] = ids
    const seen: number[] = []
    for await (const page of client.pages("res.partner", { domain: [["email", "=", email]], fields: ["name"] }, 10)) {
      seen.push(...page.map(({ id }) => id))
      if (seen.length === 10) {
        await client.call("res.partner", "unlink", { ids: [gone] })
        await make(3)
      }
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(stay))
    expect(seen).toHaveLength(28)
  })

  it("knows which fields this Odoo has", async () => {
    const fields = await client.fieldsOf("res.partner")
    expect(fields.get("email")).toMatchObject({ type: "char" })
    expect(fields.get("parent_id")).toMatchObject({ type: "many2one", relation: "res.partner" })
    expect(fields.has("no_such_field")).toBe(false)
  })

  it("names what Odoo refuses", async () => {
    const [id] = (await client.call("res.partner", "create", { vals_list: [{ name: "Soon gone" }] })) as number[]
    await client.call("res.partner", "unlink", { ids: [id] })
    const cases: [() => Promise<unknown>, OdooError["kind"]][] = [
      [() => client.call("res.partner", "write", { ids: [id], vals: { name: "Back" } }), "missing_record"],
      [() => client.call("res.partner", "create", { vals_list: [{ name: false }] }), "validation"],
      [() => client.call("res.partner", "write", { ids: [1], vals: { no_such_field: 1 } }), "call"],
      [() => client.call("res.partner", "no_such_method", {}), "call"],
      [() => client.call("no.such.model", "search", { domain: [] }), "call"],
    ]
    for (const [work, kind] of cases) {
      expect(await failure(work())).toMatchObject({ name: "OdooError", kind })
    }
  })

  it("names a right that the user lacks", async () => {
    const login = `reader-${randomUUID()}`
    const [group] = (await client.call("ir.model.data", "search_read", { domain: [["module", "=", "base"], ["name", "=", "group_user"]], fields: ["res_id"] })) as { res_id: number }[]
    const groups = (await client.fieldsOf("res.users")).has("group_ids") ? "group_ids" : "groups_id"
    await client.call("res.users", "create", { vals_list: [{ name: "Reader", login, password: login, [groups]: [[6, 0, [group!.res_id]]] }] })
    const reader = new OdooClient({ ...connection(), username: login, password: login, protocol: "json-rpc" })
    const error = await failure(reader.call("res.partner", "create", { vals_list: [{ name: "Not mine" }] }))
    expect(error).toMatchObject({ kind: "access" })
    expect(error?.reason).toMatch(/not allowed/)
    reader.close()
  })

  it("tells a wrong key, a wrong database and a wrong address apart", async () => {
    const wrong = async (set: Partial<OdooConnection>) => {
      const other = new OdooClient({ ...connection(), ...set })
      const error = await failure(other.call("res.partner", "search_count", { domain: [] }))
      other.close()
      return error
    }
    const wrongKey = `wrong-${randomUUID()}`
    const error = await wrong({ password: wrongKey })
    expect(error).toMatchObject({ kind: "key" })
    expect(`${error?.message ?? ""} ${error?.reason ?? ""}`).not.toContain(wrongKey)
    expect(await wrong({ database: "no_such_database" })).toMatchObject({ kind: "database" })
    expect(await wrong({ url: "http://127.0.0.1:1" })).toMatchObject({ kind: "transport" })
  })

  it("names a line that is cut", async () => {
    const line = new Line(new URL(server.url))
    await line.mend()
    const other = new OdooClient({ ...connection(), url: line.url })
    expect(await other.call("res.partner", "search_count", { domain: [["id", "=", 0]] })).toBe(0)
    await line.cut()
    expect(await failure(other.call("res.partner", "search_count", { domain: [] }))).toMatchObject({ kind: "transport" })
    await line.mend()
    expect(await other.call("res.partner", "search_count", { domain: [["id", "=", 0]] })).toBe(0)
    await line.cut()
    other.close()
  })
})
