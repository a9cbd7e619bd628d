import { waitFor } from "../support/wait"
import { shopSuite } from "../support/suite"

shopSuite({ env: { ODOO_RATE_LIMIT: "300" } }, (bench) => {
  const arrive = (quantity: number, key?: string, members: object = {}) =>
    bench.client.post(
      "/odoo/webhooks/inventory",
      { event_type: "stock.received", items: [{ sku: "SHIRT-S", quantity, adjustment_type: "delta" }], ...members },
      key === undefined ? {} : { headers: { "idempotency-key": key } }
    )

  describe("a request with an idempotency key", () => {
    it("is done once, and answered again as it was answered", async () => {
      const first = await arrive(5, "delivery-1")
      const second = await arrive(5, "delivery-1")
      expect(first.headers["idempotent-replayed"]).toBeUndefined()
      expect(second.headers["idempotent-replayed"]).toBe("true")
      expect([second.status, second.data]).toEqual([200, first.data])
      expect(second.headers["content-type"]).toContain("application/json")
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(55)
    })

    it("is the same whatever the order of its members", async () => {
      const post = (body: string) =>
        bench.client.post("/odoo/inventory/update", body, { headers: { "idempotency-key": "k", "content-type": "application/json" } })
      await post(`{"sku":"SHIRT-S","quantity":7}`)
      expect((await post(`{ "quantity": 7, "sku": "SHIRT-S" }`)).headers["idempotent-replayed"]).toBe("true")
    })

    it("may carry it as event_id in its body, a text or a number", async () => {
      for (const event_id of ["move-7", 7]) {
        await arrive(1, undefined, { event_id })
        expect((await arrive(1, undefined, { event_id })).headers["idempotent-replayed"]).toBe("true")
      }
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(52)
    })

    it("is a CONFLICT when the key came with another body, and changes nothing", async () => {
      await arrive(5, "delivery-1")
      const { status, data } = await arrive(6, "delivery-1")
      expect([status, data.error.code]).toEqual([409, "CONFLICT"])
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(55)
    })

    it("is done once when it arrives several times at once", async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => arrive(5, "at-once")))
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
      expect(answers.filter(({ headers }) => headers["idempotent-replayed"] === "true")).toHaveLength(7)
      expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(55)
    })

    it("may be sent again with the same key after an error: that has changed nothing", async () => {
      const update = (sku: string) =>
        bench.client.post("/odoo/inventory/update", { sku, quantity: 3 }, { headers: { "idempotency-key": "k" } })
      expect((await update("NOT-YET")).status).toBe(404)
      await bench.client.post("/odoo/inventory", { items: [{ sku: "NOT-YET", quantity: 1 }] })
      expect((await update("NOT-YET")).data).toMatchObject({ success: true, new_quantity: 3 })
    })

    it("is the same one whatever the case of /odoo and with a slash at the end", async () => {
      await arrive(5, "spelled")
      const { headers } = await bench.client.post(
        "/ODOO/webhooks/inventory/",
        { event_type: "stock.received", items: [{ sku: "SHIRT-S", quantity: 5, adjustment_type: "delta" }] },
        { headers: { "idempotency-key": "spelled" } }
      )
      expect(headers["idempotent-replayed"]).toBe("true")
    })

    it("is another one on another route", async () => {
      await arrive(5, "one-key")
      const { status, headers } = await bench.client.post(
        "/odoo/inventory/update",
        { sku: "SHIRT-S", quantity: 1 },
        { headers: { "idempotency-key": "one-key" } }
      )
      expect([status, headers["idempotent-replayed"]]).toEqual([200, undefined])
    })

    it("is done anew when its answer has been kept for long enough", async () => {
      const first = await arrive(5, "old")
      const [receipt] = await bench.odoo.listOdooReceipts({ key: "old" })
      expect(receipt!.expires_at.getTime() - Date.now()).toBeGreaterThan(6.9 * 24 * 3_600_000)
      await bench.odoo.updateOdooReceipts({ id: receipt!.id, expires_at: new Date(Date.now() - 1000) })
      expect((await arrive(5, "old")).data.results[0].previous_quantity).toBe(first.data.results[0].new_quantity)
      await bench.odoo.prune()
      expect(await bench.odoo.listOdooReceipts({ key: "old" })).toHaveLength(1)
      const [renewed] = await bench.odoo.listOdooReceipts({ key: "old" })
      await bench.odoo.updateOdooReceipts({ id: renewed!.id, expires_at: new Date(Date.now() - 1000) })
      await bench.odoo.prune()
      expect(await bench.odoo.listOdooReceipts({ key: "old" })).toHaveLength(0)
    })

    it("goes on after a process that died over it, once its time is up", async () => {
      await arrive(5, "died")
      const [receipt] = await bench.odoo.listOdooReceipts({ key: "died" })
      const died = { id: receipt!.id, status: null, body: null }
      await bench.odoo.updateOdooReceipts({ ...died, leased_until: new Date(Date.now() + 1500) })
      const { status, headers } = await arrive(5, "died")
      expect([status, headers["idempotent-replayed"]]).toEqual([200, undefined])
    })

    it("has its key for as long as it is at work, and no longer", async () => {
      const receipt = await bench.odoo.idempotency.open({ scope: "POST /somewhere", key: "long", fingerprint: "of a body" })
      const id = receipt.state === "new" ? receipt.id : ""
      const leaseOf = async () => (await bench.odoo.retrieveOdooReceipt(id)).leased_until?.getTime() ?? 0
      await bench.odoo.updateOdooReceipts({ id, leased_until: new Date(Date.now() + 1000) })
      await bench.odoo.idempotency.renew(id)
      expect(await leaseOf()).toBeGreaterThan(Date.now() + 30_000)
      await bench.odoo.idempotency.complete(id, { status: 200, body: "{}" })
      await bench.odoo.idempotency.renew(id)
      expect(await leaseOf()).toBe(0)
    })

    it("has its effect once where the first one died between the effect and its answer", async () => {
      const order = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 5 }])
      const reduce = (members: object, key: string) =>
        bench.client.post("/odoo/inventory/reduce", members, { headers: { "idempotency-key": key } })
      const requests: [string, () => Promise<{ status: number; data: unknown }>][] = [
        ["delta", () => arrive(5, "delta")],
        ["plain", () => reduce({ items: [{ sku: "SHIRT-S", quantity: 2 }] }, "plain")],
        ["part", () => reduce({ order_id: order.id, items: [{ sku: "SHIRT-M", quantity: 2 }] }, "part")],
      ]
      for (const [key, send] of requests) {
        const first = await send()
        expect(first.status).toBe(200)
        const before = [await bench.shopper.availabilityOf("SHIRT-S"), await bench.shopper.availabilityOf("SHIRT-M")]
        const [receipt] = await bench.odoo.listOdooReceipts({ key })
        await bench.odoo.updateOdooReceipts({ id: receipt!.id, status: null, body: null, leased_until: new Date(Date.now() - 1000) })
        const second = await send()
        expect([second.status, second.data]).toEqual([200, first.data])
        expect([await bench.shopper.availabilityOf("SHIRT-S"), await bench.shopper.availabilityOf("SHIRT-M")]).toEqual(before)
      }
    })

    it("has no effect any more when another request has taken its key over meanwhile", async () => {
      const { inventoryItemId } = bench.shop.variants["SHIRT-S"]!
      const late = await bench.container.resolve("locking").execute(inventoryItemId, async () => {
        const waiting = arrive(5, "late")
        const receipt = await waitFor("the first has the key", async () => (await bench.odoo.listOdooReceipts({ key: "late" }))[0])
        await bench.odoo.updateOdooReceipts({ id: receipt.id, leased_until: new Date(Date.now() - 1000) })
        const second = arrive(5, "late")
        await waitFor("the second has the key", async () => (await bench.odoo.listOdooReceipts({ key: "late" }))[0]?.id !== receipt.id)
        return { waiting, second }
      })
      const [first, second] = await Promise.all([late.waiting, late.second])
      expect([first.status, first.data.error?.code]).toEqual([409, "CONFLICT"])
      expect(second.status).toBe(200)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(55)
    })

    it("needs a key that is one", async () => {
      for (const event_id of ["a\nb", "x".repeat(256), {}, []]) {
        const { status, data } = await arrive(1, undefined, { event_id })
        expect([status, data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      }
      for (const event_id of [false, ""]) {
        expect((await arrive(1, undefined, { event_id })).status).toBe(200)
      }
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(52)
    })

    it("works on the admin routes too", async () => {
      const admin = await bench.admin()
      const reduce = () =>
        admin.post("/admin/inventory/reduce-stock", { sku: "SHIRT-S", quantity: 2 }, { headers: { "idempotency-key": "k" } })
      const first = await reduce()
      const second = await reduce()
      expect(second.headers["idempotent-replayed"]).toBe("true")
      expect(second.data).toEqual(first.data)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(48)
    })
  })

  describe("a caller that asks too often", () => {
    it("is told when to come back, and others are not held up", async () => {
      const { key } = await bench.odoo.generateApiKey("a busy one")
      const ask = () => bench.stranger.get("/odoo/orders?limit=1", { headers: { "x-odoo-api-key": key } })
      const statuses: number[] = []
      await waitFor("the limit is reached", async () => {
        statuses.push(...(await Promise.all(Array.from({ length: 50 }, ask))).map(({ status }) => status))
        return statuses.includes(429)
      })
      const { status, data, headers } = await ask()
      expect([status, data.error.code]).toEqual([429, "RATE_LIMIT_EXCEEDED"])
      expect(Number(headers["retry-after"])).toBeGreaterThan(0)
      expect(data.error.details.retry_after_seconds).toBe(Number(headers["retry-after"]))
      const disguised = await bench.stranger.get("/odoo/orders", { headers: { "x-odoo-api-key": key, cookie: "x=1", authorization: "Bearer x" } })
      expect(disguised.status).toBe(429)
      expect((await bench.client.get("/odoo/orders?limit=1")).status).toBe(200)
    })

    it("can not guess keys for ever", async () => {
      const guess = async (_: unknown, index: number) =>
        (await bench.stranger.get("/odoo/orders", { headers: { "x-odoo-api-key": `a-guess-number-${String(index)}` } })).status
      const statuses = await Promise.all(Array.from({ length: 310 }, guess))
      expect(new Set(statuses)).toEqual(new Set([401, 429]))
    })
  })
})
