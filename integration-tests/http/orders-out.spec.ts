import { Webhook } from "standardwebhooks"

import { deliverEventsWorkflow } from "../../src/workflows"
import type { OrderDocument } from "../../src/wire/order-document"
import type { Delivery } from "../support/odoo-stand-in"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents, retrieveEvent, updateEvent } from "../support/events"

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

const orderIn = (delivery: Delivery) => delivery.body.data.order as OrderDocument

// a patience that outlasts a purchase on a busy machine
shopSuite({ env: { ODOO_WEBHOOK_SECRET: SECRET, ODOO_WEBHOOK_DATABASE: "shop", ODOO_WEBHOOK_TIMEOUT_MS: "60000" } }, (bench) => {
  const delivered = (id: string) =>
    waitFor("the order's event is delivered", async () => {
      const [event] = await listEvents(bench.odoo, { record_id: id })
      return event?.status === "delivered" && event
    })

  describe("an order placed in the shop", () => {
    it("arrives at Odoo as order.created, with its amounts in minor units", async () => {
      const placed = await bench.shopper.buy([
        { sku: "SHIRT-M", quantity: 2 },
        { sku: "MUG-WHITE", quantity: 1 },
      ])
      await delivered(placed.id)
      expect(bench.standIn.deliveries).toHaveLength(1)
      const [delivery] = bench.standIn.deliveries
      const order = orderIn(delivery!)
      expect(delivery!.body.event).toBe("order.created")
      expect(new Date(delivery!.body.timestamp).toISOString()).toBe(delivery!.body.timestamp)
      expect(order).toMatchObject({
        id: placed.id,
        display_id: placed.display_id,
        status: "pending",
        payment_status: "authorized",
        fulfillment_status: "not_fulfilled",
        currency_code: "kwd",
        email: "layla@example.com",
        subtotal: 11755,
        shipping_total: 1500,
        discount_total: 0,
        tax_total: 0,
        total: 13255,
        customer: { first_name: "Layla", last_name: "Al-Sabah", has_account: false },
        shipping_address: { city: "Kuwait City", company: "", province: "", country_code: "kw" },
        odoo: { synced: false, odoo_order_id: null },
        metadata: { odoo_synced: false },
      })
      expect(order.items.map(({ sku, quantity, unit_price, subtotal }) => ({ sku, quantity, unit_price, subtotal }))).toEqual(
        expect.arrayContaining([
          { sku: "SHIRT-M", quantity: 2, unit_price: 5250, subtotal: 10500 },
          { sku: "MUG-WHITE", quantity: 1, unit_price: 1255, subtotal: 1255 },
        ])
      )
    })

    it("stands in the shop's table before it is sent", async () => {
      const seen: unknown[] = []
      bench.standIn.answer = async ({ body }) => {
        const { id } = body.data.order as OrderDocument
        const [event] = await listEvents(bench.odoo, { record_id: id })
        seen.push([event?.status, event?.name, event?.lease_id === null])
        return { body: { success: true } }
      }
      await delivered((await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])).id)
      expect(seen).toEqual([["pending", "order.created", false]])
    })

    it("is signed as Standard Webhooks says, with the event's id", async () => {
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const event = await delivered(placed.id)
      const { headers, text } = bench.standIn.deliveries[0]!
      expect(headers["webhook-id"]).toBe(event.id)
      expect(headers["user-agent"]).toMatch(/^medusa-plugin-odoo\/\d+\.\d+\.\d+/)
      expect(headers["x-odoo-database"]).toBe("shop")
      expect(text).toBe(event.body)
      expect(() => new Webhook(SECRET).verify(text, headers as Record<string, string>)).not.toThrow()
      expect(() => new Webhook(SECRET).verify(`${text} `, headers as Record<string, string>)).toThrow()
    })

    it("is linked to the sale order that Odoo's reply names", async () => {
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await delivered(placed.id)
      const listed = await waitFor("the order is listed as synced", async () => {
        const { data } = await bench.client.get<{ orders: OrderDocument[] }>("/odoo/orders?synced=true")
        return data.orders.find((order) => order.id === placed.id)
      })
      expect(listed.odoo).toMatchObject({ synced: true, odoo_order_id: 1, odoo_order_name: "S00001" })
      const order = await waitFor("Medusa's own metadata says so too", async () => {
        const found = await bench.container.resolve("order").retrieveOrder(placed.id)
        return found.metadata?.odoo_synced === true && found
      })
      expect(order.metadata).toMatchObject({ odoo_synced: true, odoo_order_id: 1 })
    })

    it("is linked as well when a type='http' controller answers bare", async () => {
      bench.standIn.answer = () => ({ body: { success: true, odoo_order_id: 77, odoo_order_name: "S00077" } })
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await delivered(placed.id)
      expect((await bench.odoo.links.of("order", [placed.id])).get(placed.id)).toMatchObject({
        odoo_id: "77",
        odoo_name: "S00077",
      })
    })

    it("is told once, however often the shop hints at it", async () => {
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await delivered(placed.id)
      const bus = bench.container.resolve("event_bus")
      await Promise.all([1, 2, 3].map(() => bus.emit({ name: "order.placed", data: { id: placed.id } })))
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }]).then(({ id }) => delivered(id))
      expect(await listEvents(bench.odoo, { record_id: placed.id })).toHaveLength(1)
      expect(bench.standIn.deliveries.filter((delivery) => orderIn(delivery).id === placed.id)).toHaveLength(1)
    })
  })

  describe("an order that Odoo does not take", () => {
    it("waits for its next attempt when a controller raises, though the status is 200", async () => {
      bench.standIn.answer = () => ({
        body: {
          jsonrpc: "2.0",
          id: null,
          error: { code: 0, message: "Odoo Server Error", data: { name: "odoo.exceptions.UserError", message: "no such partner", debug: "Traceback: secret" } },
        },
      })
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const event = await waitFor("the event waits", async () => {
        const [found] = await listEvents(bench.odoo, { record_id: placed.id })
        return found?.status === "waiting" && found
      })
      expect(event).toMatchObject({ attempts: 1, error_class: "rpc_error", error_message: "Odoo raised an error. Its log has the traceback. It said: no such partner" })
      const wait = new Date(event.next_attempt_at).getTime() - new Date(event.updated_at).getTime()
      expect(Math.round(wait / 1000)).toBe(60)
      const [attempt] = await bench.odoo.listOdooAttempts({ delivery_id: event.delivery_id })
      expect(attempt).toMatchObject({ number: 1, http_status: 200, error_class: "rpc_error" })
      expect(JSON.stringify([event, attempt])).not.toContain("Traceback")
    })

    it("is sent again when its time has come, with the same id and the same bytes", async () => {
      bench.standIn.answer = (_, index) => (index === 0 ? { status: 503 } : { body: { success: true } })
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const waiting = await waitFor("the event waits", async () => {
        const [found] = await listEvents(bench.odoo, { record_id: placed.id })
        return found?.status === "waiting" && found
      })
      await updateEvent(bench.odoo, { id: waiting.id, next_attempt_at: new Date(Date.now() - 1_000) })
      // nobody does anything: the job that looks for what is due finds it
      const event = await delivered(placed.id)
      const [first, second] = bench.standIn.deliveries
      expect(second!.text).toBe(first!.text)
      expect(second!.headers["webhook-id"]).toBe(first!.headers["webhook-id"])
      expect(event).toMatchObject({ attempts: 2, error_class: null })
    })

    it("is not sent as created any more once Odoo has said by itself that it has it", async () => {
      bench.standIn.answer = () => ({ status: 503 })
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const waiting = await waitFor("the event waits", async () => {
        const [found] = await listEvents(bench.odoo, { record_id: placed.id })
        return found?.status === "waiting" && found
      })
      await bench.client.post(`/odoo/orders/${placed.id}/synced`, { odoo_order_id: 9 })
      await updateEvent(bench.odoo, { id: waiting.id, next_attempt_at: new Date(Date.now() - 1_000) })
      await deliverEventsWorkflow(bench.container).run()
      expect(bench.standIn.deliveries).toHaveLength(1)
      expect(await retrieveEvent(bench.odoo, waiting.id)).toMatchObject({ status: "delivered", error_class: null })
    })

    it("is counted as an attempt, and not sent for ever, when the answer is one that can not be kept", async () => {
      bench.standIn.answer = () => ({ body: { success: false, error: "bad \u0000 \ud800" } })
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const event = await waitFor("the event waits", async () => {
        const [found] = await listEvents(bench.odoo, { record_id: placed.id })
        return found?.status === "waiting" && found
      })
      expect(event).toMatchObject({ attempts: 1, error_class: "refused" })
    })

    it("stays delivered when the controller acknowledges it by /synced and then breaks", async () => {
      bench.standIn.answer = async ({ body }) => {
        const { id } = body.data.order as OrderDocument
        await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 5 })
        return { status: 500 }
      }
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await waitFor("the attempt is written down", async () => (await bench.odoo.listOdooAttempts({})).length === 1)
      const [event] = await listEvents(bench.odoo, { record_id: placed.id })
      expect(event).toMatchObject({ status: "delivered", attempts: 1, lease_id: null, error_class: null })
    })

    it.each([
      ["longer than the schedule", 429, "600", 600],
      ["shorter than the schedule, in a page of several megabytes", 503, "5", 60],
    ])("waits as long as Odoo asks for: %s", async (_what, status, header, seconds) => {
      bench.standIn.answer = () => ({ status, headers: { "retry-after": header }, body: `<h1>Busy</h1>${"x".repeat(3_000_000)}` })
      const { id } = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const event = await waitFor("the event waits", async () => {
        const [found] = await listEvents(bench.odoo, { record_id: id })
        return found?.status === "waiting" && found
      })
      expect(event).toMatchObject({ error_class: "http", error_message: `Odoo answered ${String(status)}.` })
      const wait = (event.next_attempt_at.getTime() - event.updated_at.getTime()) / 1000
      expect(Math.round(wait)).toBe(seconds)
    })

    it("does not hold up the others: one that Odoo is slow to answer", async () => {
      let answerFirst: () => void = () => undefined
      const held = new Promise<void>((resolve) => (answerFirst = resolve))
      bench.standIn.answer = async (_, index) => {
        if (index === 0) {
          await held
        }
        return { body: { success: true } }
      }
      const slow = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await waitFor("the first event is on its way", () => bench.standIn.deliveries.length === 1)
      const quick = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await delivered(quick.id)
      const [waiting] = await listEvents(bench.odoo, { record_id: slow.id })
      expect(waiting!.status).toBe("pending")
      answerFirst()
      await delivered(slow.id)
    })

    it("keeps the shop selling: the checkout does not wait for Odoo", async () => {
      bench.standIn.answer = async () => {
        await new Promise((resolve) => setTimeout(resolve, 3_000))
        return { status: 503 }
      }
      const placed = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const [event] = await listEvents(bench.odoo, { record_id: placed.id })
      expect(event === undefined || event.status === "pending").toBe(true)
    })
  })
})
