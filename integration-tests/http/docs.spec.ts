import document from "../../src/openapi/openapi.json"
import { API_KEY, shopSuite } from "../support/suite"

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
})

const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" }

shopSuite({}, (bench) => {
  describe("access by HTTP Basic", () => {
    it("opens /odoo to a key that is the password or the user name, static or generated", async () => {
      const { id, key } = await bench.odoo.generateApiKey("Odoo Online")
      const get = async (headers: Record<string, string>) => (await bench.stranger.get("/odoo/orders", { headers })).status
      for (const secret of [API_KEY, key]) {
        expect(await get(basic("odoo", secret))).toBe(200)
        expect(await get(basic(secret, ""))).toBe(200)
        expect(await get(basic(secret, "anything"))).toBe(200)
      }
      await bench.odoo.revokeApiKey(id)
      expect(await get(basic("odoo", key))).toBe(401)
    })

    it("takes what stock Odoo's webhook action sends, its secret in the address", async () => {
      const { port } = new URL(bench.client.defaults.baseURL ?? "")
      const response = await bench.stranger.post(
        `http://odoo:${API_KEY}@localhost:${port}/odoo/inventory/bulk-update`,
        { items: [{ sku: "SHIRT-M", quantity: 7 }] }
      )
      expect([response.status, response.data.success]).toEqual([200, true])
    })

    it("stays closed to wrong, empty and unreadable pairs, and to a wrong key beside a right pair", async () => {
      const headers = [
        basic("odoo", `${API_KEY}x`),
        basic("", ""),
        { authorization: "Basic" },
        { authorization: "Basic %%%" },
        { authorization: `Basic ${Buffer.from(API_KEY).toString("base64")}` },
        { ...basic("odoo", API_KEY), "x-odoo-api-key": "wrong" },
      ]
      for (const pair of headers) {
        const { status, data } = await bench.stranger.get("/odoo/orders", { headers: pair })
        expect([pair, status, data.error.code]).toEqual([pair, 401, "UNAUTHORIZED"])
      }
    })
  })

  describe("GET /odoo/openapi.json", () => {
    it("is the description that the package carries, and is not sent again to who has it", async () => {
      const { status, data, headers } = await bench.client.get("/odoo/openapi.json")
      expect([status, headers["content-type"]]).toEqual([200, "application/json; charset=utf-8"])
      expect(data).toEqual(document)
      const again = await bench.client.get("/odoo/openapi.json", { headers: { "if-none-match": headers.etag } })
      expect(again.status).toBe(304)
    })
  })

  describe("GET /odoo/docs", () => {
    it("asks a person's browser for the key, and nobody else", async () => {
      for (const path of ["/odoo/docs", "/odoo/docs/swagger-ui.css", "/odoo/openapi.json"]) {
        const person = await bench.stranger.get(path, { headers: BROWSER })
        expect([path, person.status, person.headers["www-authenticate"]]).toEqual([path, 401, "Basic realm=\"odoo\", charset=\"UTF-8\""])
        const program = await bench.stranger.get(path, { headers: { accept: "application/json" } })
        expect([path, program.status, program.headers["www-authenticate"]]).toEqual([path, 401, undefined])
      }
      const elsewhere = await bench.stranger.get("/odoo/orders", { headers: BROWSER })
      expect([elsewhere.status, elsewhere.headers["www-authenticate"]]).toEqual([401, undefined])
    })

    it("is a page that loads nothing from outside, with whatever it needs beside it", async () => {
      const { status, data, headers } = await bench.stranger.get<string>("/odoo/docs", { headers: { ...BROWSER, ...basic("odoo", API_KEY) } })
      expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"])
      expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'")
      expect(data).not.toMatch(/https?:\/\/|<script>|\son\w+=/)
      const files = [...data.matchAll(/(?:src|href)="((?!data:)[^"]+)"/g)].map(([, file]) => file!)
      expect(files).toEqual(["docs/swagger-ui.css", "openapi.json", "docs/swagger-ui-bundle.js", "docs/start.js"])
      const types = await Promise.all(
        files.map(async (file) => {
          const answer = await bench.client.get(`/odoo/${file}`)
          return [answer.status, answer.headers["content-type"], answer.headers["x-content-type-options"]]
        })
      )
      expect(types).toEqual([
        [200, "text/css; charset=UTF-8", "nosniff"],
        [200, "application/json; charset=utf-8", "nosniff"],
        [200, "application/javascript; charset=UTF-8", "nosniff"],
        [200, "application/javascript; charset=utf-8", "nosniff"],
      ])
    })

    it("finds its files with a slash at its end as well", async () => {
      const { status, headers } = await bench.client.get("/odoo/docs/", { maxRedirects: 0 })
      expect([status, headers.location]).toEqual([308, "../docs"])
      expect((await bench.client.get("/odoo/docs/")).data).toContain("docs/start.js")
    })

    it("serves no other file", async () => {
      for (const name of ["package.json", "index.html", "swagger-ui-bundle.js.map", "..%2f..%2fpackage.json", "%2e%2e", "__proto__"]) {
        const { status, data } = await bench.client.get(`/odoo/docs/${name}`)
        expect([name, status, data.error?.code]).toEqual([name, 404, "NOT_FOUND"])
      }
    })
  })
})
