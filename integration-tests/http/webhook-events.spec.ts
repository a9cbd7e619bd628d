import type { AxiosInstance } from "axios"

import { dispatchDue } from "../../src/outbox/dispatcher"
import { resolveOptions, type OdooOptions } from "../../src/modules/odoo/options"
import odooBacklog from "../../src/scripts/odoo-backlog"
import odooDelivery from "../../src/scripts/odoo-delivery"
import odooEvents from "../../src/scripts/odoo-events"
import type { StatusUpdate } from "../../src/wire/events"
import { OdooStandIn } from "../support/odoo-stand-in"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"
import { waitFor } from "../support/wait"
import { createEvent, listEvents, retrieveEvent } from "../support/events"

shopSuite({ env: { ODOO_WEBHOOK_EVENTS: "order.created" } }, (bench) => {
  const other = new OdooStandIn()
  let admin: AxiosInstance
  let booted: OdooOptions["webhook"] | undefined

  /** What the options ask for until the test is over; with no more than that, what the shop was started with. */
  const configure = async (webhook: Partial<OdooOptions["webhook"]>) => {
    booted ??= { ...bench.odoo.options.webhook }
    Object.assign(bench.odoo.options.webhook, booted, webhook)
    await bench.odoo.outbox.keepDestinations()
  }

  beforeAll(async () => {
    await other.start()
  })
  beforeEach(async () => {
    admin = await bench.admin()
    other.reset()
    await configure({})
  })
  afterEach(async () => {
    await configure({})
  })
  afterAll(async () => {
    await other.stop()
  })

  const told = (standIn = bench.standIn) => standIn.deliveries.map(({ body }) => body.event)
  const buy = async (email?: string) => (await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }], email === undefined ? undefined : { email })).id
  const cancel = async (id: string) => {
    expect((await admin.post(`/admin/orders/${id}/cancel`, {})).status).toBe(200)
  }
  const eventsOf = async (recordId: string) => await listEvents(bench.odoo, { record_id: recordId }, { order: { sequence: "ASC" } })
  const isDelivered = (id: string, name = "order.created") =>
    waitFor(`${name} of ${id} is delivered`, async () => (await eventsOf(id)).some((event) => event.name === name && event.status === "delivered"))
  const isSeenAs = (id: string, status: string) =>
    waitFor(`the order is seen as ${status}`, async () => (await bench.odoo.snapshots.of("order", [id])).get(id)?.snapshot.status === status)

  /** An event as it was written while the options asked for it. */
  const written = async (recordId: string, name: string, status: "pending" | "failed") =>
    await createEvent(bench.odoo, {
      record_kind: "order",
      record_id: recordId,
      name,
      body: JSON.stringify({ event: name, data: {} }),
      status,
      next_attempt_at: new Date(Date.now() - 1_000),
    })

  describe("a shop that is to send order.created alone", () => {
    it("tells Odoo of an order, and neither of its buyer nor of what becomes of it; nothing waits or fails", async () => {
      const id = await buy("noor@example.com")
      await isDelivered(id)
      await cancel(id)
      await isSeenAs(id, "canceled")
      expect(told()).toEqual(["order.created"])
      expect((await listEvents(bench.odoo, {})).map(({ name }) => name)).toEqual(["order.created"])
      expect((await bench.client.get("/odoo/status")).data.webhook).toMatchObject({ configured: true, waiting: 0, failed: 0 })
      expect((await typeScript(bench.container, odooDelivery, "status")).output).toContain("these are sent: order.created.")
    })

    it("is not flooded with the past when more is asked for later, and is told the next change with a true old value", async () => {
      const [past, next] = [await buy(), await buy()]
      await Promise.all([past, next].map((id) => isDelivered(id)))
      await cancel(past)
      await isSeenAs(past, "canceled")
      await configure({ events: ["order.created", "order.status_updated"] })
      await cancel(next)
      await isDelivered(next, "order.status_updated")
      expect(told()).toEqual(["order.created", "order.created", "order.status_updated"])
      expect(bench.standIn.deliveries[2]!.body.data as StatusUpdate).toMatchObject({ order_id: next, old_status: "pending", new_status: "canceled" })
    })
  })

  describe("an order that came while order.created was not asked for", () => {
    it("is not sent afterwards by itself, but by the backlog; the backlog says so while nobody asks for it", async () => {
      await configure({ events: ["customer.created"] })
      const id = await buy()
      await isSeenAs(id, "pending")
      const send = () => typeScript(bench.container, odooBacklog, "send", "--since", "2026-01-01", "--only", "orders")
      const refused = await send()
      expect([refused.code, refused.output]).toEqual([1, expect.stringContaining("order.created would not be sent")])
      await configure({ events: ["order.created"] })
      await dispatchDue(bench.container)
      expect(told()).toEqual([])
      expect((await send()).output).toMatch(/on their way/)
      await isDelivered(id)
    })
  })

  describe("addresses for single events", () => {
    it("get their events, and the common address gets the others", async () => {
      await configure({ events: ["order.created", "customer.created"], urls: { "customer.created": other.url } })
      await isDelivered(await buy("noor@example.com"))
      await waitFor("the customer has arrived", () => other.deliveries.length === 1)
      expect([told(), told(other)]).toEqual([["order.created"], ["customer.created"]])
    })

    it("are all that is sent to where there is no common one", async () => {
      await configure({ events: ["order.created", "order.status_updated", "customer.created"], url: null, urls: { "order.created": other.url } })
      const id = await buy("noor@example.com")
      await isDelivered(id)
      await cancel(id)
      await isSeenAs(id, "canceled")
      expect([told(), told(other)]).toEqual([[], ["order.created"]])
      expect(await listEvents(bench.odoo, { status: ["pending", "waiting", "failed"] })).toEqual([])
      expect((await bench.client.get("/odoo/status")).data.webhook.configured).toBe(true)
    })

    it("are each tried by a test event, and the one that fails is shown", async () => {
      await configure({ events: ["order.created", "customer.created"], urls: { "customer.created": other.url } })
      other.answer = () => ({ status: 500, body: { error: "closed" } })
      const { data } = await admin.post("/admin/odoo/test-event", {})
      expect(data).toMatchObject({
        delivered: false,
        http_status: 500,
        addresses: [
          { events: ["order.created"], delivered: true, http_status: 200 },
          { events: ["customer.created"], delivered: false, http_status: 500 },
        ],
      })
      expect([told(), told(other)]).toEqual([["test"], ["test"]])
      const { output } = await typeScript(bench.container, odooEvents, "test")
      expect(output).toMatch(/Where order\.created goes:\nOdoo has taken it[^]*Where customer\.created goes:\n\[http\]/)
    })

    it("that are none at all keep what is asked for until there is one", async () => {
      await configure({ url: null })
      const id = await buy()
      await waitFor("it is written", async () => (await eventsOf(id)).length === 1)
      await dispatchDue(bench.container)
      expect((await bench.client.get("/odoo/status")).data.webhook).toMatchObject({ configured: false, waiting: 1 })
      expect((await admin.get("/admin/odoo/status")).data.delivery.configured).toBe(false)
      const direct = resolveOptions({}, { ODOO_URL: "https://odoo.example.com", ODOO_USERNAME: "medusa", ODOO_PASSWORD: "a password of ours" })
      const replaced = jest.replaceProperty(bench.odoo.options, "odoo", direct.odoo)
      expect((await admin.get("/admin/odoo/status")).data.delivery.configured).toBe(true)
      replaced.restore()
      await configure({})
      await dispatchDue(bench.container)
      await isDelivered(id)
    })
  })

  describe("an event that was written before the options left it out", () => {
    it.each(["pending", "failed"] as const)("is given up when the shop starts, and holds up no other event of its order: one that is %s", async (status) => {
      const old = await written("order_before", "order.status_updated", status)
      const asked = await written("order_before", "order.created", "pending")
      await configure({})
      await dispatchDue(bench.container)
      await waitFor("the other one is delivered", async () => (await retrieveEvent(bench.odoo, asked.id)).status === "delivered")
      expect(told()).toHaveLength(1)
      expect(await retrieveEvent(bench.odoo, old.id)).toMatchObject({ status: "dismissed", dismissal: expect.stringContaining("webhook.events") })
    })

    it("can not be sent while nobody asks for it, and is once somebody does", async () => {
      const { id } = await written("order_before", "order.status_updated", "failed")
      await configure({})
      const replay = () => admin.post(`/admin/odoo/events/${id}/replay`, {})
      const refused = await replay()
      expect([refused.status, refused.data.message]).toEqual([409, expect.stringContaining("add it to webhook.events")])
      const many = await admin.post("/admin/odoo/events/replay", { ids: [id] })
      expect(many.data).toMatchObject({ replayed: 0, left_alone: { dismissed: 1 } })
      await configure({ events: ["order.created", "order.status_updated"] })
      expect((await replay()).status).toBe(200)
      await waitFor("it is delivered", async () => (await retrieveEvent(bench.odoo, id)).status === "delivered")
    })
  })
})
