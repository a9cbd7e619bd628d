import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import type { AxiosInstance } from "axios"

import { MemoryTarget } from "../support/memory-target"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

shopSuite({}, (bench) => {
  const memory = new MemoryTarget("memory")
  let admin: AxiosInstance

  beforeAll(() => memory.open(bench.container, ["order.created", "order.status_updated"]))
  beforeEach(async () => {
    memory.arrived.length = 0
    admin = await bench.admin()
  })

  const buy = async () => (await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])).id

  const say = async (event: string, id: string) => {
    const { status } = await bench.client.post("/odoo/webhooks/order-status", { event_type: event, order: { medusa_order_id: id } })
    expect(status).toBe(200)
  }

  const originsOf = async (orderId: string) => {
    const events = await bench.odoo.listOdooEvents({ record_id: orderId }, { order: { sequence: "ASC" } })
    return events.map(({ name, context, direction }) => [name, context, direction])
  }

  /** The destinations of an order's events, by the name of the event. */
  const toldOf = async (orderId: string) => {
    const deliveries = await bench.odoo.listOdooDeliveries({ record_id: orderId }, { order: { sequence: "ASC", destination_id: "ASC" } })
    return deliveries.map(({ name, destination_id: destination }) => [name, destination])
  }

  const isToldOf = (orderId: string, count: number) =>
    waitFor(`${String(count)} events of the order are written`, async () => (await originsOf(orderId)).length === count)

  it("what a shopper does has come by the store, what the shopkeeper does by the admin", async () => {
    const id = await buy()
    await isToldOf(id, 1)
    expect((await admin.post(`/admin/orders/${id}/cancel`, {})).status).toBe(200)
    await isToldOf(id, 2)
    expect(await originsOf(id)).toEqual([
      ["order.created", "store", "outbound"],
      ["order.status_updated", "admin", "outbound"],
    ])
    const { data } = await admin.get(`/admin/odoo/events?record_id=${id}&name=order.status_updated&destination=webhook`)
    const { event } = (await admin.get(`/admin/odoo/events/${String(data.events[0].id)}`)).data
    expect(event).toMatchObject({ context: "admin", direction: "outbound" })
  })

  it("of what a program in the shop does nobody knows from where it came", async () => {
    const id = await buy()
    await isToldOf(id, 1)
    await cancelOrderWorkflow(bench.container).run({ input: { order_id: id, no_notification: true } })
    await isToldOf(id, 2)
    expect((await originsOf(id)).at(-1)).toEqual(["order.status_updated", "unknown", "outbound"])
  })

  it("what Odoo says does not go back to Odoo; others are told that Odoo has said it", async () => {
    const id = await buy()
    await isToldOf(id, 1)
    await say("order.shipped", id)
    // that it is fulfilled may be seen before it is shipped
    const [, ...origins] = await originsOf(id)
    expect(new Set(origins.map((origin) => origin.join(" ")))).toEqual(new Set(["order.status_updated odoo inbound"]))
    await waitFor("the other destination is told", () => memory.arrived.length === 1 + origins.length)
    expect((await toldOf(id)).filter(([, destination]) => destination === "webhook")).toEqual([["order.created", "webhook"]])
  })

  it("what follows from Odoo's words and Odoo has not said is told to Odoo too, as coming from it", async () => {
    const options = jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, refundOnCancel: true })
    const id = await buy()
    await isToldOf(id, 1)
    await say("order.paid", id)
    await isToldOf(id, 2)
    await say("order.cancelled", id)
    await isToldOf(id, 3)
    options.restore()
    expect((await originsOf(id)).slice(1)).toEqual([
      ["order.status_updated", "odoo", "inbound"],
      // that the order is canceled, which Odoo has said, and that its payment is refunded, which follows from that
      ["order.status_updated", "odoo", "outbound"],
    ])
    expect((await toldOf(id)).filter(([, destination]) => destination === "webhook")).toEqual([
      ["order.created", "webhook"],
      ["order.status_updated", "webhook"],
    ])
  })
})
