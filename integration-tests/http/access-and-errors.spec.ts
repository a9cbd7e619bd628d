import { API_KEY, shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

const UNAUTHORIZED = {
  success: false,
  error: { code: "UNAUTHORIZED", message: expect.any(String), details: {}, trace_id: expect.any(String) },
}

shopSuite({ env: { ODOO_BODY_LIMIT: "5mb" } }, (bench) => {
  describe("access to /odoo", () => {
    it("is refused without a key and with a wrong one, on every path, in any case", async () => {
      for (const path of ["/odoo/orders", "/ODOO/orders", "/Odoo/Orders/", "/odoo", "/odoo/no-such-path"]) {
        const response = await bench.stranger.get(path)
        expect([path, response.status]).toEqual([path, 401])
        expect(response.data).toEqual(UNAUTHORIZED)
      }
      const wrong = await bench.stranger.get("/odoo/orders", { headers: { "x-odoo-api-key": `${API_KEY}x` } })
      expect(wrong.status).toBe(401)
      expect(wrong.data).toEqual(UNAUTHORIZED)
    })

    it("is granted to the static key", async () => {
      expect((await bench.client.get("/odoo/orders")).status).toBe(200)
    })

    it("is granted to a generated key until it is revoked, and its use is noted", async () => {
      const { id, key } = await bench.odoo.generateApiKey("Odoo of the Kuwait branch")
      const get = () => bench.stranger.get("/odoo/orders", { headers: { "x-odoo-api-key": key } })
      expect((await get()).status).toBe(200)
      const kept = await bench.odoo.retrieveOdooApiKey(id)
      expect(kept.last_used_at).not.toBeNull()
      expect(JSON.stringify(kept)).not.toContain(key)
      await bench.odoo.revokeApiKey(id)
      expect((await get()).status).toBe(401)
    })

    it("is granted to Medusa's own admins, by bearer token and by secret API key", async () => {
      expect((await (await bench.admin()).get("/odoo/orders")).status).toBe(200)
      const [secret] = await bench.container
        .resolve("api_key")
        .createApiKeys([{ title: "ERP", type: "secret", created_by: "test" }])
      const basic = Buffer.from(`${secret!.token}:`).toString("base64")
      expect((await bench.stranger.get("/odoo/orders", { headers: { authorization: `Basic ${basic}` } })).status).toBe(200)
      expect((await bench.stranger.get("/odoo/orders", { headers: { authorization: "Bearer nonsense" } })).status).toBe(401)
      expect(
        (await bench.stranger.get("/odoo/orders", { headers: { authorization: `Basic ${basic}`, "x-odoo-api-key": "wrong" } })).status
      ).toBe(401)
    })
  })

  describe("errors under /odoo", () => {
    it("have one envelope: unknown path, unknown method, unreadable path", async () => {
      for (const [method, path] of [
        ["GET", "/odoo"],
        ["GET", "/odoo/no/such/path"],
        ["DELETE", "/odoo/orders"],
        ["PUT", "/odoo/webhooks/inventory"],
        ["OPTIONS", "/odoo/orders"],
        ["PROPFIND", "/odoo/orders"],
        ["PURGE", "/odoo/webhooks/inventory"],
      ] as const) {
        const response = await bench.client.request({ method, url: path })
        expect([path, response.status]).toEqual([path, 404])
        expect(response.data).toMatchObject({ success: false, error: { code: "NOT_FOUND", trace_id: response.headers["x-trace-id"] } })
      }
      const unreadable = await bench.client.get("/odoo/orders/%E0%A4%A/synced")
      expect(unreadable.status).toBe(400)
      expect(unreadable.data.error.code).toBe("VALIDATION_ERROR")
    })

    it("have one envelope: JSON that can not be parsed, a body that is not JSON, a body of the wrong form", async () => {
      const post = (body: string, type: string, encoding = "identity") =>
        bench.client.post("/odoo/inventory/bulk-update", body, { headers: { "content-type": type, "content-encoding": encoding } })
      for (const [body, type, encoding] of [
        ["{\"items\": [", "application/json"],
        ["items=1", "application/x-www-form-urlencoded"],
        ["<items/>", "application/xml"],
        ["[]", "application/json"],
        ["{\"items\": 7}", "application/json"],
        ["{\"items\": []}", "application/json"],
        ["{}", "application/json; charset=made-up"],
        ["not compressed", "application/json", "gzip"],
        ["{}", "application/json", "deflate"],
        ["{}", "application/json", "made-up"],
      ] as const) {
        const { status, data } = await post(body, type, encoding)
        expect([body, status]).toEqual([body, 400])
        expect(data).toMatchObject({ success: false, error: { code: "VALIDATION_ERROR", details: { issues: expect.any(Array) } } })
      }
    })

    it("are never a 500 for texts that the database can not hold", async () => {
      const { id } = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const asked = await Promise.all([
        bench.client.post("/odoo/orders/%00/synced", { odoo_order_id: 7 }),
        bench.client.post(`/odoo/orders/${"x".repeat(5_000)}/synced`, { odoo_order_id: 7 }),
        bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: "S\u0000" }),
        bench.client.post(`/odoo/orders/${id}/synced`, "{\"odoo_order_id\":7,\"odoo_order_name\":\"\\ud800\"}", {
          headers: { "content-type": "application/json" },
        }),
        bench.client.get(`/odoo/orders?cursor=${Buffer.from("[\"2026-11-21T17:34:58.123456Z\",\"\u0000\"]").toString("base64url")}`),
        bench.client.get("/odoo/orders?cursor=WyIwMDAwLTAxLTAxVDAwOjAwOjAwLjAwMDAwMFoiLCAieCJd"),
        bench.client.get("/odoo/orders?date_from=0000-01-01"),
        bench.client.get("/odoo/orders?date_from=2026-02-30"),
        bench.client.get("/odoo/orders?offset=99999999999"),
        bench.client.get("/odoo/orders?status=%00"),
        bench.client.post("/odoo/inventory/bulk-update", `{"items":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, {
          headers: { "content-type": "application/json" },
        }),
        bench.client.post("/odoo/inventory/bulk-update", "{\"__proto__\":{\"items\":[]},\"constructor\":1}", {
          headers: { "content-type": "application/json" },
        }),
      ])
      expect(asked.map(({ status }) => status)).toEqual([404, 404, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400])
      expect(asked.every(({ data }) => typeof data.success === "boolean")).toBe(true)
    })

    it("name each wrong part of a query", async () => {
      const { status, data } = await bench.client.get("/odoo/orders?limit=0&status=lost&date_from=yesterday&synced=maybe")
      expect(status).toBe(400)
      expect(data.error.details.issues.map((issue: { path: string }) => issue.path).sort()).toEqual([
        "date_from", "limit", "status[0]", "synced",
      ])
    })

    it("find nothing wrong with members of a query that have no value: the list is that without them", async () => {
      const { id } = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await waitFor("the order is as it stays", async () => {
        const { metadata } = await bench.container.resolve("order").retrieveOrder(id)
        return metadata?.odoo_synced === true
      })
      const lists: Record<string, string> = {
        "/odoo/orders": "status=&date_from=&updated_since=&synced=&cursor=&limit=&offset=",
        "/odoo/inventory": "sku=&low_stock=&low_stock_threshold=%20&location_id=&include_products=&updated_since=",
        "/odoo/customers": "email=&phone=&created_after=&updated_since=",
      }
      for (const [path, query] of Object.entries(lists)) {
        const { status, data } = await bench.client.get(`${path}?${query}`)
        expect([path, status]).toEqual([path, 200])
        expect(data).toEqual((await bench.client.get(path)).data)
        expect(data.total).toBeGreaterThan(0)
      }
    })

    it("say nothing of what is nobody's business", async () => {
      bench.errors.expect(/POST \/odoo\/orders\/\w+\/synced failed, trace [-0-9a-f]+: database error: the connection broke$/)
      // an Odoo that names no sale order of its own, which would contradict the one below
      bench.standIn.answer = () => ({ body: { success: true } })
      const orders = bench.container.resolve("order")
      const spy = jest.spyOn(orders, "retrieveOrder").mockRejectedValue(new Error("SELECT secret FROM table"))
      const { id } = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const { status, data } = await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 5 })
      spy.mockRestore()
      expect(status).toBe(500)
      expect(data.error.code).toBe("INTERNAL_ERROR")
      expect(JSON.stringify(data)).not.toContain("SELECT")
    })

    it("leave the host's other routes alone", async () => {
      const unknown = await bench.stranger.get("/no-such-path")
      expect(unknown.status).toBe(404)
      expect(unknown.data).toContain("<!DOCTYPE html>")
      const admin = await bench.stranger.get("/admin/orders")
      expect(admin.status).toBe(401)
      expect(admin.data).not.toHaveProperty("error")
      const store = await bench.stranger.post("/store/carts", "{broken", {
        headers: { "content-type": "application/json", "x-publishable-api-key": bench.shop.publishableKey },
      })
      expect(store.status).toBe(400)
      expect(store.data).toHaveProperty("type")
      expect(store.data).not.toHaveProperty("success")
    })
  })

  describe("the size of a body", () => {
    const bodyOf = (size: number) => {
      const frame = JSON.stringify({ items: [{ sku: "SHIRT-M", quantity: 1, reason: "" }] })
      return frame.replace("\"reason\":\"\"", `"reason":"${"x".repeat(size - frame.length)}"`)
    }
    const post = (body: string) =>
      bench.client.post("/odoo/inventory/bulk-update", body, { headers: { "content-type": "application/json" } })

    it("may be 5 MB", async () => {
      const { status, data } = await post(bodyOf(5 * 1024 * 1024))
      expect(status).toBe(200)
      expect(data.success).toBe(true)
    })

    it("is answered with 413 in the envelope when it is larger", async () => {
      for (const size of [5 * 1024 * 1024 + 1, 30 * 1024 * 1024]) {
        const { status, data } = await post(bodyOf(size))
        expect(status).toBe(413)
        expect(data).toMatchObject({ success: false, error: { code: "PAYLOAD_TOO_LARGE" } })
      }
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(50)
    })

    it("is not even read for a stranger", async () => {
      const { status, data } = await bench.stranger.post("/odoo/inventory/bulk-update", bodyOf(30 * 1024 * 1024), {
        headers: { "content-type": "application/json" },
      })
      expect(status).toBe(401)
      expect(data).toEqual(UNAUTHORIZED)
    })
  })
})
