import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { AxiosInstance } from "axios"
import { Webhook } from "standardwebhooks"

import odooDelivery from "../../src/scripts/odoo-delivery"
import odooEvents from "../../src/scripts/odoo-events"
import odooRefusals from "../../src/scripts/odoo-refusals"
import type { DeliveryStatus, EventDetailView, EventView, RefusalView } from "../../src/wire/answer-schemas/admin"
import { dispatchDue } from "../../src/outbox/dispatcher"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"
import { waitFor } from "../support/wait"
import { createEvent, retrieveEvent, updateEvent } from "../support/events"

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

shopSuite({ env: { ODOO_WEBHOOK_SECRET: SECRET } }, (bench) => {
  let admin: AxiosInstance
  beforeEach(async () => {
    admin = await bench.admin()
  })

  const buy = async () => (await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])).id

  const events = async (query: string) => (await admin.get<{ events: EventView[] }>(`/admin/odoo/events?${query}`)).data.events
  const detail = async (id: string) => (await admin.get<{ event: EventDetailView }>(`/admin/odoo/events/${id}`)).data.event
  const status = async () => (await admin.get<DeliveryStatus>("/admin/odoo/status")).data
  const post = (path: string, body: unknown = {}) => admin.post(`/admin/odoo/${path}`, body)

  /** An order's event once it stands so after an attempt. */
  const eventOf = (recordId: string, wanted: EventView["status"]) =>
    waitFor(`the event of ${recordId} is ${wanted}`, async () => {
      const [event] = await events(`record_id=${recordId}`)
      return event?.status === wanted && !event.in_flight && event
    })

  const refuse = () => {
    bench.standIn.answer = () => ({ body: { jsonrpc: "2.0", id: null, error: { code: 0, message: "Odoo Server Error", data: { name: "odoo.exceptions.UserError", message: "no partner layla@example.com", debug: "Traceback" } } } })
  }

  /** Turns the clock to an event's next attempt, and waits until that was made. */
  const nextAttempt = async (id: string) => {
    const { attempts } = await detail(id)
    await updateEvent(bench.odoo, { id, next_attempt_at: new Date(Date.now() - 1_000) })
    await dispatchDue(bench.container)
    return await waitFor("the next attempt was made", async () => {
      const event = await detail(id)
      return event.attempts === attempts + 1 && !event.in_flight && event
    })
  }

  /** Has an event fail: its first attempt and the three that the schedule allows. */
  const fail = async (recordId: string) => {
    const { id } = await eventOf(recordId, "waiting")
    bench.errors.expect(`(event ${id}) has failed at webhook`)
    for (const _ of [1, 2, 3]) {
      await nextAttempt(id)
    }
    return id
  }

  describe("an event that Odoo does not take", () => {
    it("is tried at 0, 1, 6 and 21 minutes, has failed then, and starts anew when a person replays it", async () => {
      refuse()
      const error = jest.spyOn(bench.container.resolve(ContainerRegistrationKeys.LOGGER), "error")
      const order = await buy()
      const { id } = await eventOf(order, "waiting")
      bench.errors.expect(`(event ${id}) has failed at webhook`)
      const waits: number[] = []
      const wait = async () => {
        const event = await retrieveEvent(bench.odoo, id)
        waits.push(Math.round((event.next_attempt_at.getTime() - event.updated_at.getTime()) / 60_000))
      }
      await wait()
      await nextAttempt(id)
      await wait()
      await nextAttempt(id)
      await wait()
      const failed = await nextAttempt(id)
      expect(waits).toEqual([1, 5, 15])
      expect(failed).toMatchObject({ status: "failed", attempts: 4, next_attempt_at: null, error_class: "rpc_error" })
      expect(failed.attempt_log.map(({ number }) => number)).toEqual([1, 2, 3, 4])
      expect(failed.attempt_log[0]!.reply).toBe(
        '{"jsonrpc":"2.0","id":null,"error":{"code":0,"message":"Odoo Server Error","data":{"name":"odoo.exceptions.UserError","message":"no partner …@…"}}}'
      )
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries).toHaveLength(4)

      const logged = error.mock.calls.map(([message]) => String(message)).filter((message) => message.includes(id))
      expect(logged).toHaveLength(1)
      for (const part of [order, "[rpc_error]", `POST /admin/odoo/events/${id}/replay`, `odoo-events.js -- replay ${id} --destination webhook`]) {
        expect(logged[0]).toContain(part)
      }
      expect(logged[0]).not.toMatch(/layla|no partner/)

      const replayed = await post(`events/${id}/replay`)
      expect([replayed.status, replayed.data.event]).toMatchObject([200, { id, status: "pending", attempts: 4 }])
      expect(await eventOf(order, "waiting")).toMatchObject({ attempts: 5 })
      await wait()
      expect(waits.at(-1)).toBe(1)
      bench.standIn.answer = undefined
      expect(await nextAttempt(id)).toMatchObject({ status: "delivered", attempts: 6, error_class: null })

      const [first, ...others] = bench.standIn.deliveries
      expect(others).toHaveLength(5)
      for (const { text, headers } of others) {
        expect([text, headers["webhook-id"]]).toEqual([first!.text, id])
      }
      error.mockRestore()
    })

    it("is never sent again once it was delivered", async () => {
      const order = await buy()
      const { id } = await eventOf(order, "delivered")
      const { status: code, data } = await post(`events/${id}/replay`)
      expect([code, data.type]).toEqual([409, "conflict"])
      expect(data.message).toMatch(/^Odoo has it already/)
      expect((await post("events/replay", { ids: [id] })).data).toMatchObject({ replayed: 0, left_alone: { delivered: 1 } })
      expect((await post(`events/${id}/dismiss`, { reason: "why not" })).status).toBe(409)
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries).toHaveLength(1)
    })

    it("is not touched while it is being sent", async () => {
      let answer: () => void = () => undefined
      const held = new Promise<void>((resolve) => (answer = resolve))
      bench.standIn.answer = async () => {
        await held
        return { body: { success: true } }
      }
      const order = await buy()
      await waitFor("it is being sent", () => bench.standIn.deliveries.length === 1)
      const [event] = await events(`record_id=${order}`)
      expect(event).toMatchObject({ in_flight: true })
      for (const [path, body] of [[`events/${event!.id}/replay`, {}], [`events/${event!.id}/dismiss`, { reason: "too slow" }]] as const) {
        const { status: code, data } = await post(path, body)
        expect([code, data.message]).toEqual([409, expect.stringContaining("under way")])
      }
      expect((await status()).delivery.in_flight).toBe(1)
      answer()
      await eventOf(order, "delivered")
      expect(bench.standIn.deliveries).toHaveLength(1)
    })

    it("counts as delivered at a replay where Odoo has its record by now", async () => {
      refuse()
      const order = await buy()
      const { id } = await eventOf(order, "waiting")
      await bench.odoo.createOdooLinks({ record_kind: "order", record_id: order, odoo_id: "7", synced_at: new Date() })
      const { data } = await post(`events/${id}/replay`)
      expect(data.event).toMatchObject({ status: "delivered", delivered_at: expect.any(String) })
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries).toHaveLength(1)
    })
  })

  describe("many events", () => {
    it("are found by what is wrong with them, and all that have failed arrive when Odoo is back", async () => {
      refuse()
      const orders = [await buy(), await buy(), await buy()]
      const ids: string[] = []
      for (const order of orders) {
        ids.push(await fail(order))
      }
      expect((await events("status=failed&class=rpc_error,timeout&name=order.created&record_kind=order")).map(({ id }) => id)).toEqual(ids)
      expect(await events("class=timeout")).toEqual([])
      expect(await events("until=2020-01-01")).toEqual([])
      const page = (await admin.get("/admin/odoo/events?status=failed&limit=2")).data
      expect([page.total, page.pagination.has_more, page.events.length]).toEqual([3, true, 2])
      const rest = await events(`status=failed&cursor=${page.pagination.next_cursor as string}`)
      expect(rest.map(({ id }) => id)).toEqual([ids[2]])
      expect(JSON.stringify(page)).not.toContain("layla")

      expect((await post(`events/${ids[2]!}/dismiss`, { reason: "Entered by hand" })).data.event).toMatchObject({ status: "dismissed", dismissal: "Entered by hand" })
      bench.standIn.reset()
      const since = new Date(Date.now() - 3_600_000).toISOString()
      expect((await post("events/replay", { since })).data).toEqual({
        success: true,
        replayed: 2,
        left_alone: { acknowledged: 0, delivered: 0, in_flight: 0, pending: 0, dismissed: 1, superseded: 0 },
      })
      await eventOf(orders[0]!, "delivered")
      await eventOf(orders[1]!, "delivered")
      expect(bench.standIn.deliveries.map(({ headers }) => headers["webhook-id"]).sort()).toEqual(ids.slice(0, 2).sort())
    })

    it("are not replayed without a word about which, and an order may be named as people know it", async () => {
      refuse()
      const { id: order, display_id: displayId } = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await eventOf(order, "waiting")
      expect((await events(`record_id=${String(displayId)}`)).map(({ record_id }) => record_id)).toEqual([order])
      const { status: code, data } = await post("events/replay")
      expect([code, data.type]).toEqual([400, "invalid_data"])
      expect((await events("record_id=999999")) as unknown).toBeUndefined()
    })
  })

  describe("an event behind another one", () => {
    it("is not counted as failing, says what it waits for, and goes on when that is dismissed", async () => {
      refuse()
      const order = await buy()
      const head = await fail(order)
      const { id: next } = await createEvent(bench.odoo, {
        record_kind: "order", record_id: order, name: "order.status_updated", body: '{"event":"order.status_updated","timestamp":"","data":{}}', next_attempt_at: new Date(),
      })
      expect(await events("status=behind")).toMatchObject([{ id: next, status: "behind", waiting_behind: head, error_class: null }])
      expect(await events("status=failed")).toMatchObject([{ id: head, waiting_behind: null }])
      expect((await status()).events).toEqual({ pending: 0, behind: 1, waiting: 0, failed: 1, delivered: 0, dismissed: 0 })
      const { status: code, data } = await post(`events/${next}/replay`)
      expect([code, data.message]).toEqual([409, expect.stringContaining(head)])
      bench.standIn.reset()
      expect((await post(`events/${head}/dismiss`)).status).toBe(400)
      await post(`events/${head}/dismiss`, { reason: "Entered by hand" })
      await waitFor("the later one has arrived", async () => (await detail(next)).status === "delivered")
      expect(bench.standIn.deliveries.map(({ headers }) => headers["webhook-id"])).toEqual([next])
    })
  })

  describe("a pause", () => {
    it("holds every event back, is shown to Odoo too, and what has waited arrives when it ends", async () => {
      const paused = await post("delivery/pause", { reason: "Odoo is being upgraded" })
      expect([paused.status, paused.data.delivery]).toMatchObject([200, { paused: true, pause_reason: "Odoo is being upgraded" }])
      const order = await buy()
      await waitFor("the event is written", async () => (await events(`record_id=${order}`)).length === 1)
      expect(await dispatchDue(bench.container)).toEqual({ delivered: 0, waiting: 0, failed: 0 })
      expect((await bench.client.get("/odoo/status")).data.webhook).toMatchObject({ paused: true, waiting: 1 })
      expect((await status()).events).toMatchObject({ pending: 1 })
      expect(bench.standIn.deliveries).toEqual([])
      expect((await post("delivery/resume")).data.delivery).toMatchObject({ paused: false, pause_reason: null })
      await eventOf(order, "delivered")
    })
  })

  describe("a test event", () => {
    it("is posted once, signed, and not kept; the answer is shown", async () => {
      const { status: code, data } = await post("test-event")
      expect([code, data]).toMatchObject([200, { delivered: true, error_class: null, http_status: 200, reply: expect.stringContaining("success") }])
      const [delivery] = bench.standIn.deliveries
      expect(delivery!.body).toEqual({ event: "test", timestamp: expect.any(String), data: { message: expect.any(String) } })
      expect(() => new Webhook(SECRET).verify(delivery!.text, delivery!.headers as Record<string, string>)).not.toThrow()
      expect(await events("")).toEqual([])
    })

    it("says what is wrong, without what is nobody's business", async () => {
      bench.standIn.answer = () => ({ status: 500, body: { error: `bad key ${SECRET}`, token: "hunter2" } })
      const { data } = await post("test-event")
      expect(data).toMatchObject({ delivered: false, error_class: "http", http_status: 500, message: expect.stringContaining("500") })
      expect(data.reply).not.toMatch(/hunter2|MfKQ9r8/)
    })

    it("is refused where there is no address", async () => {
      const { webhook } = bench.odoo.options
      const { url } = webhook
      webhook.url = null
      const { status: code, data } = await post("test-event")
      webhook.url = url
      expect([code, data.message]).toEqual([409, expect.stringContaining("ODOO_WEBHOOK_URL")])
    })
  })

  describe("what Medusa refuses of what Odoo says", () => {
    const cancel = (order: string) => bench.client.post("/odoo/webhooks/order-status", { event_type: "order.cancelled", order: { medusa_order_id: order } })

    it("stands among the failures, once, until it is accepted or dismissed", async () => {
      const order = await buy()
      await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.shipped", order: { medusa_order_id: order } })
      const refused = await cancel(order)
      expect([refused.status, refused.data.error.code]).toEqual([409, "CONFLICT"])
      await cancel(order)
      const patched = await bench.client.patch(`/odoo/orders/${order}`, { status: "canceled" })
      expect(patched.status).toBe(409)
      const { data } = await admin.get<{ refusals: RefusalView[] }>(`/admin/odoo/refusals?open=true&record_id=${order}`)
      expect(data.refusals).toMatchObject([
        { record_id: order, said: "order.cancelled", code: "CONFLICT", times: 2, message: refused.data.error.message, details: { effects: [] } },
        { said: "PATCH status=canceled", times: 1 },
      ])
      expect((await status()).refusals).toBe(2)

      for (const fulfillment of (await admin.get(`/admin/orders/${order}?fields=*fulfillments`)).data.order.fulfillments) {
        await bench.container.resolve("fulfillment").updateFulfillment(fulfillment.id, { shipped_at: null })
        expect((await admin.post(`/admin/orders/${order}/fulfillments/${fulfillment.id as string}/cancel`, {})).status).toBe(200)
      }
      expect((await cancel(order)).status).toBe(200)
      const { data: settled } = await admin.get("/admin/odoo/refusals?open=false")
      expect(settled.refusals).toMatchObject([{ said: "order.cancelled", settled_at: expect.any(String), dismissal: null }])
      const [left] = (await admin.get("/admin/odoo/refusals?open=true")).data.refusals
      expect((await post(`refusals/${left.id as string}/dismiss`, { reason: "It is canceled" })).data.refusal).toMatchObject({ dismissal: "It is canceled" })
      expect((await post(`refusals/${left.id as string}/dismiss`, { reason: "Again" })).status).toBe(409)
      expect((await status()).refusals).toBe(0)
    })

    it("is not settled by another part of a shipment that is accepted", async () => {
      const order = (await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }, { sku: "MUG-WHITE", quantity: 1 }])).id
      const ship = (tracking_number: string, sku: string) =>
        bench.client.post("/odoo/webhooks/order-status", {
          event_type: "order.shipped",
          order: { medusa_order_id: order, tracking_number, items: [{ sku, quantity: 1 }] },
        })
      const stockOfMugs = (quantity: number) => bench.client.post("/odoo/inventory/update", { sku: "MUG-WHITE", quantity })
      // Medusa ships nothing that is not reserved, and there is nothing to reserve
      const items = (await admin.get(`/admin/orders/${order}?fields=*items`)).data.order.items as { id: string; variant_sku: string }[]
      const mug = items.find(({ variant_sku: sku }) => sku === "MUG-WHITE")!
      await bench.container.resolve(Modules.INVENTORY).deleteReservationItemsByLineItem([mug.id])
      await stockOfMugs(0)
      expect([(await ship("AX1", "MUG-WHITE")).status, (await ship("AX2", "SHIRT-S")).status]).toEqual([409, 200])
      expect((await admin.get("/admin/odoo/refusals?open=true")).data.refusals).toMatchObject([{ said: "order.shipped AX1" }])
      await stockOfMugs(5)
      expect((await ship("AX1", "MUG-WHITE")).status).toBe(200)
      expect((await status()).refusals).toBe(0)
    })

    it("is answered as ever when it can not be noted", async () => {
      const order = await buy()
      await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.shipped", order: { medusa_order_id: order } })
      const database = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      for (const said of ["order.cancelled", "order.shipped"]) {
        bench.errors.expect(`whether ${said} of order ${order} was refused could not be noted: database error 42P01`)
      }
      await database.raw("ALTER TABLE odoo_refusal RENAME TO odoo_refusal_away")
      const { status: code, data } = await cancel(order)
      const repeated = await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.shipped", order: { medusa_order_id: order } })
      await database.raw("ALTER TABLE odoo_refusal_away RENAME TO odoo_refusal")
      expect([code, data.error.code, repeated.status]).toEqual([409, "CONFLICT", 200])
    })
  })

  describe("monitoring", () => {
    it("gets a page for Prometheus, with a secret API key by HTTP Basic", async () => {
      refuse()
      await eventOf(await buy(), "waiting")
      const key = await bench.container.resolve("api_key").createApiKeys({ title: "Prometheus", type: "secret", created_by: "test" })
      const { headers, data } = await bench.stranger.get<string>("/admin/odoo/metrics", { auth: { username: key.token, password: "" } })
      expect(headers["content-type"]).toBe("text/plain; charset=utf-8; version=0.0.4")
      expect(data).toContain('odoo_events{destination="webhook",status="waiting"} 1\n')
      expect(data).toMatch(/^odoo_oldest_waiting_seconds\{destination="webhook"\} \d+$/m)
    })
  })

  describe("the routes", () => {
    it("are closed to strangers and to keys of the Odoo side", async () => {
      for (const path of ["events", "events/oevt_1", "status", "metrics", "refusals"]) {
        expect([path, (await bench.stranger.get(`/admin/odoo/${path}`)).status]).toEqual([path, 401])
        expect([path, (await bench.client.get(`/admin/odoo/${path}`)).status]).toEqual([path, 401])
      }
      expect((await bench.client.post("/admin/odoo/events/replay", { status: "failed" })).status).toBe(401)
    })

    it("answer what is not there in Medusa's form: unknown events, paths and methods", async () => {
      for (const [method, path] of [
        ["get", "events/oevt_1"], ["post", "events/oevt_1/replay"], ["post", "events/oevt_1/dismiss"], ["post", "refusals/orfs_1/dismiss"],
        ["get", "nothing"], ["get", ""], ["delete", "events"], ["put", "delivery/pause"], ["get", "events/a/b/c"],
      ] as const) {
        const { status: code, data } = await admin.request({ method, url: `/admin/odoo/${path}`, data: method === "get" ? undefined : { reason: "no such" } })
        expect([method, path, code, data.type]).toEqual([method, path, 404, "not_found"])
      }
    })
  })

  describe("the scripts", () => {
    const type = (script: typeof odooEvents, ...words: string[]) => typeScript(bench.container, script, ...words)

    it("list, show, replay and dismiss as the routes do", async () => {
      refuse()
      const order = await buy()
      const id = await fail(order)
      const listed = await type(odooEvents, "list", "--status", "failed", "--record-id", order)
      expect(listed.output).toMatch(new RegExp(`${id} .* ${order} +order\\.created +failed +4 +webhook +\\[rpc_error\\]`))
      expect(listed.output).not.toContain("layla")
      const shown = await type(odooEvents, "show", id)
      for (const part of ["Reply to attempt 4", "no partner …@…", (await detail(id)).body]) {
        expect(shown.output).toContain(part)
      }
      expect((await type(odooEvents, "dismiss", id)).output).toContain("--reason")
      expect((await type(odooEvents, "dismiss", id, "--reason", "by hand")).output).toContain("is dismissed")
      expect((await type(odooEvents, "replay", "--since", "2026-01-01")).output).toMatch(/0 due[^]*1 were dismissed/)
      bench.standIn.reset()
      expect((await type(odooEvents, "replay", id)).output).toContain(`${id} is due`)
      // nothing is sent by the script: the shop's job finds it
      await eventOf(order, "delivered")
      const again = await type(odooEvents, "replay", id)
      expect([again.code, again.output]).toEqual([1, expect.stringContaining("Odoo has it already")])
    })

    it("say what there is when something else was typed", async () => {
      for (const words of [[], ["lst"], ["list", "--statu", "failed"], ["__proto__"]]) {
        const { output, code } = await type(odooEvents, ...words)
        expect([words, code, output]).toEqual([words, 1, expect.stringMatching(/list +shows events[^]*--status --destination --record-kind/)])
      }
      const wrong = await type(odooEvents, "list", "--status", "lost")
      expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining("must be of pending, behind")])
    })

    it("test, pause, resume and show the status and what was refused", async () => {
      expect((await type(odooEvents, "test")).output).toContain("HTTP 200")
      expect((await type(odooDelivery, "pause", "--reason", "an upgrade")).output).toMatch(/paused since .*: an upgrade/)
      expect((await type(odooDelivery, "resume")).output).toContain("Delivery is on.")
      expect((await type(odooDelivery, "status")).output).toMatch(/failed +0/)
      await bench.odoo.refusals.note({ kind: "order", recordId: "order_1", said: "order.cancelled", code: "CONFLICT", message: "It was shipped.", details: {} })
      const { output } = await type(odooRefusals, "list")
      expect(output).toContain("It was shipped.")
      const id = /orfs_\w+/.exec(output)![0]
      expect((await type(odooRefusals, "dismiss", id, "--reason", "known")).output).toContain("is settled")
      expect((await type(odooRefusals, "list")).output).toContain("There are none.")
    })
  })
})
