import { OrderStatus } from "@medusajs/framework/utils"

import { patchOrderAnswerSchema } from "../../src/wire/answer-schemas/orders"
import { Admin } from "../support/admin"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents } from "../support/events"

shopSuite({}, (bench) => {
  const place = async () => {
    bench.standIn.answer = () => ({ body: { success: true } })
    return await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
  }

  const patch = (id: string | number, body: unknown) => bench.client.patch(`/odoo/orders/${String(id)}`, body)

  describe("PATCH /odoo/orders/{id}", () => {
    it("completes an order, and answers with the order as it is then", async () => {
      const placed = await place()
      const { status, data } = await patch(placed.display_id, { status: "completed" })
      expect(status).toBe(200)
      expect(data).toMatchObject({ success: true, order_id: placed.id, order: { id: placed.id, status: "completed" } })
      expect(patchOrderAnswerSchema.parse(data)).toEqual(data)
      expect(data.metadata).toEqual(data.order.metadata)
      expect((await (await Admin.signIn(bench)).order(placed.id)).status).toBe("completed")
      expect((await patch(placed.id, { status: "completed" })).status).toBe(200)
    })

    it("cancels an order in either spelling, releases its stock, and may be repeated", async () => {
      const admin = await Admin.signIn(bench)
      for (const spelling of ["canceled", "Cancelled"]) {
        const placed = await place()
        expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(48)
        expect((await patch(placed.id, { status: spelling })).data.order.status).toBe("canceled")
        expect((await patch(placed.id, { status: spelling })).status).toBe(200)
        expect((await admin.order(placed.id)).status).toBe("canceled")
        expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(50)
      }
    })

    it("refuses what Medusa refuses, and then has written nothing else", async () => {
      const placed = await place()
      await patch(placed.id, { status: "completed" })
      const { status, data } = await patch(placed.id, { status: "canceled", odoo_order_id: 7, odoo_status: "cancel", metadata: { note: "x" } })
      expect([status, data.error.code]).toEqual([409, "CONFLICT"])
      const { order } = (await bench.client.get(`/odoo/orders/${placed.id}`)).data
      expect(order.status).toBe("completed")
      expect(order.odoo).toMatchObject({ synced: false, odoo_order_id: null, odoo_status: null })
      expect(order.metadata).not.toHaveProperty("note")
      const canceled = await place()
      await patch(canceled.id, { status: "canceled" })
      expect((await patch(canceled.id, { status: "completed" })).status).toBe(409)
    })

    it("leaves an order canceled that was archived since, and does not take an archived one back", async () => {
      const admin = await Admin.signIn(bench)
      const canceled = await place()
      await patch(canceled.id, { status: "canceled" })
      await admin.post(`/admin/orders/${canceled.id}/archive`)
      const completed = await place()
      await patch(completed.id, { status: "completed" })
      await admin.post(`/admin/orders/${completed.id}/archive`)
      for (const { id } of [canceled, completed]) {
        const { status, data } = await patch(id, { status: "completed" })
        expect([status, data.error?.code]).toEqual([409, "CONFLICT"])
        expect((await admin.order(id)).status).toBe("archived")
      }
      expect((await patch(canceled.id, { status: "canceled" })).status).toBe(200)
      for (const event of ["order.shipped", "order.paid", "order.delivered"]) {
        const said = { event_type: event, order: { medusa_order_id: canceled.id } }
        expect((await bench.client.post("/odoo/webhooks/order-status", said)).status).toBe(409)
      }
      const late = { event_type: "order.cancelled", order: { medusa_order_id: canceled.id } }
      expect((await bench.client.post("/odoo/webhooks/order-status", late)).data.effects).toEqual([])
    })

    it("refuses to complete or cancel a draft, which stays out of the list", async () => {
      const orders = bench.container.resolve("order")
      const draft = { currency_code: "usd", status: OrderStatus.DRAFT, is_draft_order: true }
      const { id } = await orders.createOrders(draft)
      for (const status of ["completed", "canceled"]) {
        const answer = await patch(id, { status })
        expect([answer.status, answer.data.error?.code]).toEqual([409, "CONFLICT"])
      }
      await orders.updateOrders(id, { status: OrderStatus.COMPLETED })
      expect((await bench.client.get("/odoo/orders?status=completed")).data.orders).toEqual([])
    })

    it("says which statuses can be set where another one is asked for", async () => {
      const placed = await place()
      for (const status of ["archived", "draft", "requires_action"]) {
        const answer = await patch(placed.id, { status })
        expect([status, answer.status, answer.data.error.code]).toEqual([status, 409, "CONFLICT"])
        expect(answer.data.error.details).toMatchObject({ status: "pending", settable: ["completed", "canceled"] })
      }
      expect((await patch(placed.id, { status: "pending" })).status).toBe(200)
    })

    it("links the order once, and notes Odoo's status in the link", async () => {
      const placed = await place()
      const { data } = await patch(placed.id, { odoo_order_id: [7, "S00007"], odoo_status: "sale" })
      expect(data.order.odoo).toMatchObject({ synced: true, odoo_order_id: 7, odoo_status: "sale" })
      expect((await patch(placed.id, { odoo_order_id: "7" })).data.order.odoo).toEqual(data.order.odoo)
      const other = await patch(placed.id, { odoo_order_id: 8, status: "canceled" })
      expect([other.status, other.data.error]).toMatchObject([409, { code: "CONFLICT", details: { odoo_id: 7 } }])
      expect((await bench.client.get(`/odoo/orders/${placed.id}`)).data.order.status).toBe("pending")
    })

    it("keeps Odoo's status also before there is a link", async () => {
      const placed = await place()
      expect((await patch(placed.id, { odoo_status: "draft" })).data.order.odoo.odoo_status).toBe("draft")
      const { data } = await patch(placed.id, { odoo_order_id: 7, odoo_status: "sale" })
      expect(data.order.odoo.odoo_status).toBe("sale")
      expect(data.metadata).not.toHaveProperty("odoo_status")
    })

    it("links an order that a program marks in the metadata, and does not send the order to Odoo", async () => {
      bench.standIn.answer = () => ({ status: 500 })
      const placed = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
      await waitFor("an attempt has failed", async () => (await listEvents(bench.odoo, { record_id: placed.id }))[0]?.status === "waiting")
      const marked = { odoo_synced: true, odoo_order_id: 57, odoo_order_name: "S00057", odoo_sync_date: "2026-01-15T10:00:00" }
      const { status, data } = await patch(placed.id, { metadata: { ...marked, gift: "yes" } })
      expect([status, data.order.odoo]).toMatchObject([
        200,
        { synced: true, odoo_order_id: 57, odoo_order_name: "S00057", synced_at: "2026-01-15T10:00:00.000Z" },
      ])
      expect(data.metadata).toMatchObject({ ...marked, gift: "yes", odoo_sync_date: "2026-01-15T10:00:00.000Z" })
      expect((await (await Admin.signIn(bench)).order(placed.id)).metadata).toEqual(data.metadata)
      expect((await listEvents(bench.odoo, { record_id: placed.id })).map((event) => event.status)).toEqual(["delivered"])
    })

    it("refuses metadata that names another sale order than the order is linked to", async () => {
      const placed = await place()
      await patch(placed.id, { metadata: { odoo_order_id: "57" } })
      expect((await patch(placed.id, { metadata: { odoo_order_id: [57, "S00057"], odoo_order_name: "S00057" } })).data.order.odoo)
        .toMatchObject({ odoo_order_id: 57, odoo_order_name: "S00057" })
      const other = await patch(placed.id, { status: "canceled", metadata: { odoo_order_id: 58, note: "x" } })
      expect([other.status, other.data.error]).toMatchObject([409, { code: "CONFLICT", details: { odoo_id: 57 } }])
      const { order } = (await bench.client.get(`/odoo/orders/${placed.id}`)).data
      expect([order.status, order.metadata.note]).toEqual(["pending", undefined])
    })

    it("merges metadata: null removes a key, and what names no sale order leaves the link as it is", async () => {
      const placed = await place()
      await patch(placed.id, { metadata: { gift: "yes", nested: { a: [1, null, { b: "ب" }] } } })
      const { data } = await patch(placed.id, {
        metadata: { gift: null, note: "line 1\nline 2", odoo_synced: false, odoo_order_id: 99, odoo_sync_date: "never" },
      })
      const expected = { nested: { a: [1, null, { b: "ب" }] }, note: "line 1\nline 2" }
      expect(data.metadata).toEqual({ ...expected, odoo_synced: false, odoo_order_id: null, odoo_sync_date: null })
      expect((await (await Admin.signIn(bench)).order(placed.id)).metadata).toEqual(expected)
    })

    it("loses nothing beside a link that is made anew and an event about the same order", async () => {
      const placed = await place()
      const admin = await Admin.signIn(bench)
      const rounds = Array.from({ length: 12 }, (_, round) => round + 1)
      for (const round of rounds) {
        const answers = await Promise.all([
          bench.client.post(`/odoo/orders/${placed.id}/synced`, { odoo_order_id: round, force: true }),
          patch(placed.id, { metadata: { [`note_${String(round)}`]: round } }),
          bench.client.post("/odoo/webhooks/order-status", {
            event_type: "order.invoiced",
            order: { medusa_order_id: placed.id, invoice_number: `INV/${String(round)}` },
          }),
        ])
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
        expect((await admin.order(placed.id)).metadata).toMatchObject({
          [`note_${String(round)}`]: round,
          invoice_number: `INV/${String(round)}`,
          odoo_order_id: round,
        })
      }
    })

    it("takes Odoo's false for a member that is not there, and an empty body for nothing to do", async () => {
      const placed = await place()
      for (const body of [{}, { status: false, odoo_order_id: false, odoo_status: false, metadata: false }, { unknown: 1 }]) {
        expect((await patch(placed.id, body)).status).toBe(200)
      }
    })

    it("answers NOT_FOUND for an order that is not there, and VALIDATION_ERROR for what can not be kept", async () => {
      expect((await patch("order_nothing", {})).data.error.code).toBe("NOT_FOUND")
      const placed = await place()
      const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)])
      for (const body of [
        [],
        { status: "lost" },
        { status: 7 },
        { odoo_order_id: 1.5 },
        { odoo_status: "a\u0000" },
        { odoo_status: "x".repeat(300) },
        { metadata: [] },
        { metadata: "text" },
        { metadata: { note: "\u0000" } },
        { metadata: { note: ["\ud800"] } },
        { metadata: { "k\u0000": 1 } },
        { metadata: { deep: deep(100) } },
        { metadata: { long: "x".repeat(100_001) } },
        JSON.parse("{\"metadata\":{\"a\":{\"__proto__\":{\"polluted\":true}}}}"),
      ]) {
        const { status, data } = await bench.client.patch(`/odoo/orders/${placed.id}`, JSON.stringify(body), {
          headers: { "content-type": "application/json" },
        })
        expect([JSON.stringify(body).slice(0, 80), status, data.error?.code]).toEqual([JSON.stringify(body).slice(0, 80), 400, "VALIDATION_ERROR"])
      }
      const { data } = await bench.client.patch(`/odoo/orders/${placed.id}`, "{\"metadata\":{\"__proto__\":{\"polluted\":true},\"constructor\":1}}", {
        headers: { "content-type": "application/json" },
      })
      expect(data.metadata.constructor).toBe(1)
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    })
  })
})
