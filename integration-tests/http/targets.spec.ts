import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { AxiosInstance } from "axios"

import { dispatchDue } from "../../src/outbox/dispatcher"
import odooDelivery from "../../src/scripts/odoo-delivery"
import odooEvents from "../../src/scripts/odoo-events"
import { listEvents } from "../support/events"
import { MemoryTarget } from "../support/memory-target"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"
import { waitFor } from "../support/wait"

shopSuite({}, (bench) => {
  const memory = new MemoryTarget("memory")
  let admin: AxiosInstance

  beforeAll(async () => {
    await memory.open(bench.container, ["order.created", "order.status_updated"])
  })
  beforeEach(async () => {
    memory.arrived.length = 0
    memory.isBroken = false
    admin = await bench.admin()
  })

  const buy = async () => (await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])).id
  const deliveries = async (recordId: string) => {
    const found = await bench.odoo.listOdooDeliveries({ record_id: recordId }, { order: { destination_id: "ASC", sequence: "ASC" } })
    return found.map(({ destination_id: destination, name, status }) => [destination, name, status])
  }
  const isDelivered = (recordId: string, destination: string) =>
    waitFor(`${destination} has it`, async () => (await deliveries(recordId)).some(([to, , status]) => to === destination && status === "delivered"))

  it("an event is written once and told to each destination that asks for it, as its target writes it", async () => {
    const id = await buy()
    await isDelivered(id, "memory")
    await isDelivered(id, "webhook")
    expect(await bench.odoo.listOdooEvents({ record_id: id })).toHaveLength(1)
    expect(memory.arrived).toMatchObject([{ name: "order.created", record_kind: "order", body: "memory is told of order.created" }])
    expect(bench.standIn.deliveries).toHaveLength(1)
  })

  it("a test event goes to the destination that is named, and to no other", async () => {
    const { status, data } = await admin.post("/admin/odoo/test-event", { destination: "memory" })
    expect([status, data]).toMatchObject([200, { delivered: true, addresses: [{ events: ["order.created", "order.status_updated"], delivered: true }] }])
    expect(memory.arrived).toMatchObject([{ isTest: true }])
    expect(bench.standIn.deliveries).toEqual([])
    memory.isBroken = true
    const { output } = await typeScript(bench.container, odooEvents, "test", "--destination", "memory")
    expect(output).toContain("[refused] It is broken.")
    expect((await admin.post("/admin/odoo/test-event", { destination: "nobody" })).status).toBe(404)
  })

  it("a destination that fails holds up no other, and each has its own attempts, order and replay", async () => {
    memory.isBroken = true
    const id = await buy()
    await isDelivered(id, "webhook")
    expect((await admin.post(`/admin/orders/${id}/cancel`, {})).status).toBe(200)
    await waitFor("the webhook is told of both", () => bench.standIn.deliveries.length === 2)
    await waitFor("the outcomes are written", async () => (await deliveries(id)).filter(([, , status]) => status === "delivered").length === 2)
    expect(await deliveries(id)).toEqual([
      ["memory", "order.created", "waiting"],
      ["memory", "order.status_updated", "pending"],
      ["webhook", "order.created", "delivered"],
      ["webhook", "order.status_updated", "delivered"],
    ])
    const { data } = await admin.get(`/admin/odoo/events?record_id=${id}&destination=memory`)
    expect(data.events).toMatchObject([
      { destination: "memory", status: "waiting", attempts: 1, error_class: "refused" },
      { destination: "memory", status: "behind", waiting_behind: data.events[0].id },
    ])
    const { output } = await typeScript(bench.container, odooEvents, "list", "--record-id", id)
    expect(output).toMatch(/order\.created +waiting +1 +memory/)
    expect(output).toMatch(/order\.created +delivered +1 +webhook/)
    memory.isBroken = false
    const eventId = String(data.events[0].id)
    expect((await admin.post(`/admin/odoo/events/${eventId}/replay`, { destination: "webhook" })).status).toBe(409)
    expect((await admin.post(`/admin/odoo/events/${eventId}/replay`, { destination: "memory" })).status).toBe(200)
    await waitFor("memory is told of both, in order", () => memory.arrived.length === 2)
    expect(memory.arrived.map(({ name }) => name)).toEqual(["order.created", "order.status_updated"])
    expect(bench.standIn.deliveries).toHaveLength(2)
  })

  it("is paused and resumed by itself; the other goes on", async () => {
    expect((await admin.post("/admin/odoo/delivery/pause", { destination: "memory", reason: "moving" })).data.destinations).toMatchObject([
      { id: "webhook", paused: false },
      { id: "memory", paused: true, pause_reason: "moving" },
    ])
    const id = await buy()
    await isDelivered(id, "webhook")
    expect(memory.arrived).toEqual([])
    expect((await admin.get("/admin/odoo/status")).data).toMatchObject({ delivery: { paused: false }, events: { pending: 1 } })
    const { output } = await typeScript(bench.container, odooDelivery, "status")
    expect(output).toMatch(/Delivery is on\.[^]*memory is paused since .*: moving/)
    expect(output).not.toContain("webhook is paused")
    expect((await admin.post("/admin/odoo/delivery/pause", { destination: "nobody" })).status).toBe(404)
    await admin.post("/admin/odoo/delivery/resume", { destination: "memory" })
    await isDelivered(id, "memory")
  })

  it("that takes its time does not keep the retries of another one waiting", async () => {
    let answer: () => void = () => undefined
    memory.answers = new Promise<void>((resolve) => (answer = resolve))
    memory.begun = 0
    await bench.odoo.outbox.pause(null, "memory")
    bench.standIn.answer = () => ({ status: 503, body: "closed" })
    const id = await buy()
    await waitFor("the webhook has failed", async () => (await deliveries(id)).some(([to, , status]) => to === "webhook" && status === "waiting"))
    // resumed without a request, so that the job begins to send
    await bench.odoo.outbox.resume("memory")
    await waitFor("the slow one is being told", () => memory.begun === 1)
    bench.standIn.answer = () => ({ body: { success: true } })
    const [waiting] = await bench.odoo.listOdooDeliveries({ record_id: id, destination_id: "webhook" })
    await bench.odoo.updateOdooDeliveries({ id: waiting!.id, next_attempt_at: new Date(Date.now() - 1_000) })
    await isDelivered(id, "webhook")
    answer()
    await isDelivered(id, "memory")
  })

  it("is named where the log says how to send again what has failed there", async () => {
    memory.isBroken = true
    bench.errors.expect("has failed at memory")
    const error = jest.spyOn(bench.container.resolve(ContainerRegistrationKeys.LOGGER), "error")
    const id = await buy()
    await isDelivered(id, "webhook")
    await waitFor("memory has failed once", async () => (await deliveries(id)).some(([to, , status]) => to === "memory" && status === "waiting"))
    const [waiting] = await bench.odoo.listOdooDeliveries({ record_id: id, destination_id: "memory" })
    await bench.odoo.updateOdooDeliveries({ id: waiting!.id, next_attempt_at: new Date(Date.now() - 1_000) })
    await dispatchDue(bench.container)
    await waitFor("memory has failed", async () => (await deliveries(id)).some(([to, , status]) => to === "memory" && status === "failed"))
    const [, path, body] = /POST (\S+) (\{.*?\})/.exec(String(error.mock.calls.flat().find((text) => String(text).includes("has failed at memory"))))!
    error.mockRestore()
    memory.isBroken = false
    expect((await admin.post(path!, JSON.parse(body!))).status).toBe(200)
    await isDelivered(id, "memory")
  })

  it("is not told a second time of what another destination had failed at", async () => {
    memory.isBroken = true
    const id = await buy()
    await isDelivered(id, "webhook")
    const [event] = await listEvents(bench.odoo, { record_id: id })
    await waitFor("memory has failed", async () => (await deliveries(id)).some(([to, , status]) => to === "memory" && status === "waiting"))
    memory.isBroken = false
    const { data } = await admin.post("/admin/odoo/events/replay", { ids: [event!.id] })
    expect(data).toMatchObject({ replayed: 1, left_alone: { delivered: 1 } })
    await dispatchDue(bench.container)
    await isDelivered(id, "memory")
    expect(bench.standIn.deliveries).toHaveLength(1)
  })
})
