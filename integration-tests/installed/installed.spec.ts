import axios from "axios"
import { Client } from "@medusajs/framework/pg"
import { readdirSync, readFileSync, writeFileSync } from "fs"
import { join, sep } from "path"

import { devDependencies } from "../../package.json"
import { OdooStandIn } from "../support/odoo-stand-in"
import { readmeBlock } from "../support/readme"
import type { Shop } from "../support/shop"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"
import { useContract } from "./contract"
import { Host, pack, type Packed } from "./host"
import { variantsOf } from "./variant"

jest.setTimeout(600_000)

/** How large the package may be, unpacked; bytes. */
const MAX_SIZE = 3_000_000

const { DB_HOST = "localhost", DB_PORT = "5432", DB_USERNAME = "postgres", DB_PASSWORD = "postgres" } = process.env
const database = `odoo-installed-${String(process.pid)}`

/** The hosts that the plugin is installed into; `npm run test:installed -- --medusa=2.13.0,2.17.2 --node=22` and the like name others. */
const VARIANTS = variantsOf(process.env, devDependencies["@medusajs/medusa"])

/** Whether only the smoke is run, in one of many hosts: of the plugin as it was built before, and without most of the command lines. */
const isSmoke = process.env.HOST_SMOKE !== undefined

const urlOf = (name: string) => `postgres://${DB_USERNAME}:${DB_PASSWORD}@${DB_HOST}:${DB_PORT}/${name}`

async function administrate(statement: string): Promise<void> {
  const client = new Client({ connectionString: urlOf("postgres") })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

let packed: Packed

beforeAll(async () => {
  packed = await pack(isSmoke)
})

afterAll(() => {
  packed.remove()
})

describe("the package", () => {
  it("holds no tests, sources or a demo, and is small", () => {
    const { files, unpackedSize } = packed
    expect(files).toContain(".medusa/server/src/modules/odoo/index.js")
    expect(files).toContain("README.md")
    expect(files).toContain("LICENSE")
    expect(files).toEqual(
      expect.arrayContaining(["swagger-ui-bundle.js.gz", "swagger-ui.css.gz", "LICENSE", "NOTICE"].map((file) => `.medusa/server/src/openapi/swagger-ui/${file}`))
    )
    expect(files.filter((file) => /__tests__|integration-tests|\.(test|spec)\.|demo|(?<!\.d)\.ts$/.test(file))).toEqual([])
    expect(unpackedSize).toBeLessThan(MAX_SIZE)
  })

  it("holds every source: Medusa's build leaves out whatever lies in a folder that is called test", () => {
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !/__tests__|^admin/.test(file))
    const built = sources.map((file) => `.medusa/server/src/${file.split(sep).join("/").replace(/\.ts$/, ".js")}`)
    expect(built.length).toBeGreaterThan(100)
    expect(built.filter((file) => !packed.files.includes(file))).toEqual([])
  })
})

describe.each(VARIANTS)("a backend with Medusa $medusa that installs the packed plugin", (variant) => {
  const standIn = new OdooStandIn()
  const host = new Host(variant, { NODE_ENV: "development", LOG_LEVEL: "info", DATABASE_URL: urlOf(database) })
  let shop: Shop
  let key: string
  let url: string

  beforeAll(async () => {
    await administrate(`CREATE DATABASE "${database}"`)
    await standIn.start()
    await host.install(packed.tarball)
  })

  afterAll(async () => {
    await host.stop()
    await standIn.stop()
    await administrate(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
  })

  it("migrates with the README's line", async () => {
    const { code, output } = await host.type(readmeBlock("migrate"))
    expect([code, output]).toEqual([0, expect.stringContaining("MODULE: odoo")])
  })

  it("builds with its admin", async () => {
    const { code, output, hasAdmin } = await host.build()
    expect([code, code === 0 ? "" : output, hasAdmin]).toEqual([0, "", true])
  })

  it("makes an API key with the README's line, and prints it once", async () => {
    const { code, output } = await host.type(readmeBlock("generate-key"))
    expect(code).toBe(0)
    const found = output.match(/odoo_[A-Za-z0-9_-]{43}/g) ?? []
    expect(found).toHaveLength(1)
    key = found[0]!
    const listed = await host.type(readmeBlock("list-keys"))
    expect(listed.output).toContain("live")
    expect(listed.output).not.toContain(key)
  })

  it("opens /odoo to that key alone, and keeps its own error handler elsewhere", async () => {
    const seeded = join(host.folder, "shop.json")
    const { code, output } = await host.type(`npx medusa exec ${host.pathOf("src/scripts/seed")} '${seeded}'`)
    expect([code, code === 0 ? "" : output]).toEqual([0, ""])
    shop = JSON.parse(readFileSync(seeded, "utf8")) as Shop
    url = await host.start({ ODOO_WEBHOOK_URL: standIn.url, ODOO_WEBHOOK_RETRY_SCHEDULE: "1s" })
    const client = axios.create({ baseURL: url, validateStatus: () => true })
    expect((await client.get("/odoo/orders")).status).toBe(401)
    const opened = await client.get("/odoo/orders", { headers: { "x-odoo-api-key": key } })
    expect([opened.status, opened.data.orders]).toEqual([200, []])
    const unknown = await client.get("/odoo/nothing", { headers: { "x-odoo-api-key": key } })
    expect([unknown.status, unknown.data.error.code]).toEqual([404, "NOT_FOUND"])
    for (const file of ["openapi.json", "docs", "docs/swagger-ui-bundle.js", "docs/swagger-ui.css"]) {
      expect([file, (await client.get(`/odoo/${file}`, { headers: { "x-odoo-api-key": key } })).status]).toEqual([file, 200])
    }
    const teapot = await client.get("/teapot")
    expect([teapot.status, teapot.data]).toEqual([418, { hosts_own: "short and stout" }])
    const body = await client.post("/teapot/body", { parsed: "by Medusa" })
    expect(body.data).toEqual({ parsed: "by Medusa" })
  })

  it("takes part in every way of the contract", async () => {
    expect(await useContract({ url, key, shop, standIn })).toEqual({
      productsMade: [200, 2, 0, 0],
      productsAgain: [200, 0, 0, 0],
      variantAdded: [200, 1, 0, 0],
      valueRenamed: [200, 0, 1, 0],
      optionAdded: [200, 0, 1, 0],
      productDeleted: 200,
      stock: [200, 30],
      order: [["SHIRT-M"], "pending", "authorized", "not_fulfilled", 12000, true],
      arrived: 1,
      shipped: [200, "partially_shipped", 28],
      canceled: [200, 28],
      customers: ["layla@example.com"],
      inventory: { "SHIRT-S": 50, "SHIRT-M": 29, "MUG-WHITE": 50, "SCARF-Red": 4, "SCARF-Blue": 4, "SCARF-Green": 4 },
      status: 200,
    })
  })

  if (isSmoke) {
    return
  }

  it("does not boot with a wrong option, and says which", async () => {
    const wrong = await host.boot({ ODOO_WEBHOOK_URL: "not an address" })
    expect(wrong.code).not.toBe(0)
    expect(wrong.output).toContain("webhook.url: must be an http or https address")
    host.writeConfig(host.config(readmeBlock("plugins-entry").replace("options: {", "options: { colour: \"blue\",")))
    const unknown = await host.boot()
    host.writeConfig(host.config())
    expect(unknown.code).not.toBe(0)
    expect(unknown.output).toContain("colour: there is no such option")
  })

  it("makes a key that may push alone with the README's line, and lists it so", async () => {
    const { code, output } = await host.type(readmeBlock("generate-push-key"))
    expect([code, output]).toEqual([0, expect.stringMatching(/"Odoo's automation rules" \(okey_\w+\), scopes push:/)])
    const listed = await host.type(readmeBlock("list-keys"))
    expect(listed.output).toMatch(/live +push +last used never +Odoo's automation rules/)
  })

  it("says with the README's line for the direct connection which options it lacks", async () => {
    const { code, output } = await host.type(readmeBlock("setup-odoo"))
    expect([code, output]).toEqual([1, expect.stringMatching(/ODOO_URL[^]*ODOO_PASSWORD/)])
  })

  it("sends an order to Odoo, and shows Odoo's stock to shoppers", async () => {
    const shopper = new Shopper(url, shop)
    const client = axios.create({ baseURL: url, headers: { "x-odoo-api-key": key } })
    const placed = await shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
    const order = await waitFor("the order is linked", async () => {
      const { data } = await client.get<{ orders: { id: string; odoo: { odoo_order_name: string } }[] }>("/odoo/orders?synced=true")
      return data.orders.find((found) => found.id === placed.id)
    })
    expect(order.odoo.odoo_order_name).toMatch(/^S\d{5}$/)
    await client.post("/odoo/webhooks/inventory", { event_type: "inventory.updated", items: [{ sku: "SHIRT-M", quantity: 9 }] })
    expect(await shopper.availabilityOf("SHIRT-M")).toBe(7)
    expect(host.output).not.toContain(key)
  })

  it("finds where the stock differs from Odoo's with the README's line", async () => {
    const compare = async (counted: number) => {
      writeFileSync(join(host.folder, "counts.csv"), `default_code;qty_available\nSHIRT-M;${String(counted)}\n`)
      return await host.type(readmeBlock("compare-stock"))
    }
    const differing = await compare(7)
    expect([differing.code, differing.output]).toEqual([2, expect.stringContaining("Odoo counts 7 on hand, the shop has 9; the difference is what is reserved")])
    const equal = await compare(9)
    expect([equal.code, equal.output]).toEqual([0, expect.stringContaining("Shop and Odoo agree.")])
  })

  it("shows, tests, replays and dismisses what has failed with the README's lines", async () => {
    const type = async (block: string, id = "") => {
      const { code, output } = await host.type(readmeBlock(block).replace("<id>", id), { ODOO_WEBHOOK_URL: standIn.url })
      expect([block, code, code === 0 ? "" : output]).toEqual([block, 0, ""])
      return output
    }
    standIn.answer = () => ({ body: { jsonrpc: "2.0", id: null, result: { success: false, error: "closed for stocktaking" } } })
    expect(await type("test-event")).toContain("closed for stocktaking")
    const shopper = new Shopper(url, shop)
    const orders = [await shopper.buy([{ sku: "SHIRT-M", quantity: 1 }]), await shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])]
    const failures = () => [...host.output.matchAll(/order (order_\w+) \(event (oevt_\w+)\) has failed/g)].map(([, order, event]) => [order, event])
    await waitFor("both events have failed", () => failures().length === 2)
    const eventOf = (order?: { id: string }) => failures().find(([id]) => id === order?.id)?.[1] ?? ""
    const [dismissed, replayed] = orders.map(eventOf)
    const listed = await type("list-failed")
    expect([listed.includes(dismissed!), listed.includes(replayed!), listed.includes("[refused]")]).toEqual([true, true, true])
    expect(await type("show-event", dismissed)).toContain("closed for stocktaking")
    expect(await type("dismiss-event", dismissed)).toContain(`${dismissed!} is dismissed`)
    expect(await type("pause")).toContain("Odoo is being upgraded")
    standIn.reset()
    expect(await type("replay-failed")).toContain("1 due")
    expect(await type("delivery-status")).toMatch(/paused[^]*pending +1/)
    expect(await type("resume")).toContain("Delivery is on.")
    const arrived = () => standIn.deliveries.map(({ headers, body }) => headers["webhook-id"] ?? (body.data.order as { id: string }).id)
    await waitFor("the replayed one has arrived", () => arrived().includes(orders[1]!.id))
    expect(await type("replay-event", dismissed)).toContain(`${dismissed!} is due`)
    await waitFor("the other one has arrived too", () => arrived().includes(orders[0]!.id))
    expect(standIn.deliveries).toHaveLength(2)
    expect(await type("list-refusals")).toContain("There are none.")
    expect(await type("send-backlog")).toContain("Nothing is sent.")
  })

  it("closes /odoo to a key that was revoked with the README's line", async () => {
    const listed = await host.type(readmeBlock("list-keys"))
    const id = /okey_\w+(?=.*Odoo, Kuwait)/.exec(listed.output)?.[0] ?? ""
    const { code } = await host.type(readmeBlock("revoke-key").replace("<id>", id))
    expect(code).toBe(0)
    const { status } = await axios.get(`${url}/odoo/orders`, { headers: { "x-odoo-api-key": key }, validateStatus: () => true })
    expect(status).toBe(401)
  })
})
