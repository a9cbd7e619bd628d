import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { digestOf } from "../../src/modules/odoo/api-key"
import generateOdooApiKey from "../../src/scripts/generate-odoo-api-key"
import listOdooApiKeys from "../../src/scripts/list-odoo-api-keys"
import { OPERATIONS } from "../../src/wire/operations"
import { SCOPES, type Scope } from "../../src/wire/scopes"
import { readmeBlock } from "../support/readme"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"

/** What Odoo pushes: all that a key in an address may do. */
const PUSHED = [
  "POST /odoo/products",
  "POST /odoo/products/bulk",
  "DELETE /odoo/products/{sku}",
  "POST /odoo/inventory",
  "POST /odoo/inventory/update",
  "POST /odoo/inventory/bulk-update",
  "POST /odoo/inventory/reduce",
  "POST /odoo/webhooks/products",
  "POST /odoo/webhooks/inventory",
  "POST /odoo/webhooks/order-status",
]

/** Reads alone, though its method is POST. */
const READING = ["POST /odoo/inventory/compare"]

const ROUTES = OPERATIONS.filter(({ path }) => path.startsWith("/odoo")).map(({ method, path }) => `${method.toUpperCase()} ${path}`)

/** The scopes that open a route, by what the contract says of them. */
function opens(route: string): Scope[] {
  if (PUSHED.includes(route)) {
    return ["write", "push"]
  }
  return route.startsWith("GET ") || READING.includes(route) ? ["read"] : ["write"]
}

shopSuite({}, (bench) => {
  const keyFor = async (...scopes: Scope[]) => (await bench.odoo.generateApiKey("a test", scopes)).key

  const call = async (key: string, route: string, body?: unknown) => {
    const [method = "", path = ""] = route.split(" ")
    return await bench.stranger.request({ method, url: path.replace(/\{\w+\}/g, "none"), data: body, headers: { "x-odoo-api-key": key } })
  }

  describe("a key with one scope", () => {
    it.each(ROUTES)("opens what that scope is for, and nothing else: %s", async (route) => {
      for (const scope of SCOPES) {
        const { status, data } = await call(await keyFor(scope), route, route.startsWith("GET ") ? undefined : {})
        expect([scope, status === 403]).toEqual([scope, !opens(route).includes(scope)])
        expect([scope, status === 401, status >= 500]).toEqual([scope, false, false])
        if (status === 403) {
          expect(data).toMatchObject({
            success: false,
            error: { code: "PERMISSION_DENIED", details: { needed: expect.arrayContaining(opens(route)), scopes: [scope] } },
          })
        }
      }
    })
  })

  describe("a key that may push alone, as it stands in an address that Odoo logs", () => {
    const push = { event_type: "inventory.updated", items: [{ sku: "SHIRT-M", quantity: 7 }] }

    it("pushes stock by HTTP Basic, and reads no order and no customer, however the address is written", async () => {
      const key = await keyFor("push")
      const auth = { username: "odoo", password: key }
      expect((await bench.stranger.post("/odoo/webhooks/inventory", push, { auth })).status).toBe(200)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(7)
      for (const path of ["/odoo/orders", "/ODOO/Orders/", "/odoo/orders?limit=1", "/odoo/customers", "/odoo/inventory/", "/odoo/status", "/odoo/docs", "/odoo/openapi.json"]) {
        for (const method of ["GET", "HEAD"]) {
          const { status } = await bench.stranger.request({ method, url: path, auth })
          expect([method, path, status]).toEqual([method, path, 403])
        }
      }
      expect((await bench.stranger.get("/odoo/nothing", { auth })).status).toBe(404)
    })

    it("is refused before its body is read", async () => {
      const key = await keyFor("push")
      const { status, data } = await bench.stranger.post("/odoo/orders/none/synced", "{broken", {
        headers: { "x-odoo-api-key": key, "content-type": "application/json" },
      })
      expect([status, data.error.code]).toEqual([403, "PERMISSION_DENIED"])
    })
  })

  describe("a comparison of the stock", () => {
    const items = [{ sku: "SHIRT-M", quantity: 3 }]

    it("is for a key that may read, and sets the stock only by one that may write, whichever way that is asked for", async () => {
      const [reading, both] = [await keyFor("read"), await keyFor("read", "write")]
      const compare = (key: string, body: object) => call(key, "POST /odoo/inventory/compare", { items, ...body })
      for (const apply of [undefined, false, "false", 0, null]) {
        expect([apply, (await compare(reading, { apply })).status]).toEqual([apply, 200])
      }
      for (const apply of [true, "true", "True", 1, "1", " TRUE "]) {
        const { status, data } = await compare(reading, { apply })
        expect([apply, status, data.error?.code]).toEqual([apply, 403, "PERMISSION_DENIED"])
      }
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(50)
      expect((await compare(both, { apply: true })).status).toBe(200)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(3)
    })
  })

  describe("the usual key", () => {
    it("reads, writes and pushes as ever: the static one, one that was made before there were scopes, and an admin", async () => {
      const key = "odoo_a-key-that-an-earlier-version-has-made"
      await bench.container
        .resolve(ContainerRegistrationKeys.PG_CONNECTION)
        .raw("INSERT INTO odoo_api_key (id, title, digest, redacted) VALUES ('okey_1', 'earlier', ?, 'odoo_a…')", [digestOf(key)])
      expect(await bench.odoo.retrieveOdooApiKey("okey_1")).toMatchObject({ scopes: ["read", "write", "subscribe"] })
      const admin = await bench.admin()
      for (const client of [bench.client, admin]) {
        expect([(await client.get("/odoo/orders")).status, (await client.post("/odoo/inventory/update", { sku: "SHIRT-M", quantity: 9 })).status]).toEqual([200, 200])
        expect((await client.post("/odoo/orders/none/synced", { odoo_order_id: 1 })).status).toBe(404)
      }
      expect((await call(key, "GET /odoo/orders")).status).toBe(200)
    })
  })

  describe("the scripts", () => {
    /** What the README has a person type behind `--`. */
    const words = (block: string) => [...(readmeBlock(block).split(" -- ")[1] ?? "").matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!)

    it("make a key that may push alone with the README's line, and show it in the list", async () => {
      const made = await typeScript(bench.container, generateOdooApiKey, ...words("generate-push-key"))
      const [key = ""] = /odoo_[\w-]{43}/.exec(made.output) ?? []
      expect([made.code, made.output]).toEqual([0, expect.stringMatching(/"Odoo's automation rules" \(okey_\w+\), scopes push:/)])
      expect([(await call(key, "GET /odoo/orders")).status, (await call(key, "POST /odoo/webhooks/inventory", {})).status]).toEqual([403, 400])
      const usual = await typeScript(bench.container, generateOdooApiKey, "Odoo, Kuwait")
      expect(usual.output).toMatch(/"Odoo, Kuwait" \(okey_\w+\), scopes read, write, subscribe:/)
      const { output } = await typeScript(bench.container, listOdooApiKeys)
      expect(output).toMatch(/live +push +last used .* Odoo's automation rules/)
      expect(output).toMatch(/live +read,write,subscribe +last used never +Odoo, Kuwait/)
      expect(output).not.toContain(key)
    })

    it("say which scopes there are when another one was typed, and make no key", async () => {
      for (const typed of [["--scopes", "pull"], ["--scopes", ""], ["--scope", "push"]]) {
        const { code, output } = await typeScript(bench.container, generateOdooApiKey, ...typed)
        expect([typed, code, output]).toEqual([typed, 1, expect.stringMatching(/read, write, subscribe, push|--scopes/)])
      }
      expect(await bench.odoo.listOdooApiKeys({})).toEqual([])
    })
  })
})
