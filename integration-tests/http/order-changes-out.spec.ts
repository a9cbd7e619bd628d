import type { StatusUpdate } from "../../src/wire/events"
import { Admin } from "../support/admin"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents } from "../support/events"

const PLACED = { status: "pending", fulfillment_status: "not_fulfilled", payment_status: "authorized" }

type Statuses = typeof PLACED

shopSuite({}, (bench) => {
  /** What Odoo was told of an order's statuses, in the order in which it was told. */
  const told = (id: string) =>
    bench.standIn.deliveries
      .filter(({ body }) => body.event === "order.status_updated")
      .map(({ body }) => body.data as StatusUpdate)
      .filter(({ order_id: orderId }) => orderId === id)

  /** Waits until Odoo knows that an order is so, and holds what it was told to be a chain from how it was placed. */
  const expectTold = async (id: string, now: Partial<Statuses>) => {
    const updates = await waitFor(`Odoo knows of ${JSON.stringify(now)}`, () => {
      const all = told(id)
      const last = all.at(-1)
      const knows =
        last !== undefined &&
        (now.status ?? last.new_status) === last.new_status &&
        (now.fulfillment_status ?? last.fulfillment_status) === last.fulfillment_status &&
        (now.payment_status ?? last.payment_status) === last.payment_status
      return knows && all
    }, 20_000)
    let before: Statuses = PLACED
    for (const update of updates) {
      expect({
        status: update.old_status,
        fulfillment_status: update.old_fulfillment_status,
        payment_status: update.old_payment_status,
      }).toEqual(before)
      const after = {
        status: update.new_status,
        fulfillment_status: update.fulfillment_status,
        payment_status: update.payment_status,
      }
      expect(after).not.toEqual(before)
      before = after
    }
    return updates
  }

  /** An order that Odoo knows of, and who works at the shop. */
  const placed = async (lines = [{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }]) => {
    const admin = await Admin.signIn(bench)
    const { id, display_id } = await bench.shopper.buy(lines)
    await waitFor("Odoo has the order", () => bench.standIn.deliveries.some(({ body }) => body.event === "order.created"))
    const order = await admin.order(id)
    const items = order.items.map((item) => ({ id: item.id, quantity: item.quantity }))
    const fulfill = async (what = items) => {
      await admin.post(`/admin/orders/${id}/fulfillments`, { items: what, location_id: bench.shop.locationId })
      return (await admin.order(id)).fulfillments.at(-1)!.id
    }
    return { admin, id, display_id, order, items, fulfill }
  }

  const paymentOf = async (admin: Admin, id: string) => (await admin.order(id)).payment_collections[0]!.payments[0]!.id

  describe("order.status_updated", () => {
    it("tells how an order is fulfilled, shipped and delivered", async () => {
      const { admin, id, display_id, items, fulfill } = await placed()
      const fulfillment = await fulfill()
      await expectTold(id, { fulfillment_status: "fulfilled" })
      await admin.post(`/admin/orders/${id}/fulfillments/${fulfillment}/shipments`, { items, labels: [] })
      await expectTold(id, { fulfillment_status: "shipped" })
      await admin.post(`/admin/orders/${id}/fulfillments/${fulfillment}/mark-as-delivered`)
      const updates = await expectTold(id, { fulfillment_status: "delivered" })
      expect(updates).toHaveLength(3)
      expect(updates[0]).toEqual({
        order_id: id,
        display_id,
        old_status: "pending",
        new_status: "pending",
        old_fulfillment_status: "not_fulfilled",
        fulfillment_status: "fulfilled",
        old_payment_status: "authorized",
        payment_status: "authorized",
      })
    })

    it("tells of a part, and of a fulfillment that is canceled", async () => {
      const { admin, id, items, fulfill } = await placed()
      const fulfillment = await fulfill([items[0]!])
      await expectTold(id, { fulfillment_status: "partially_fulfilled" })
      await admin.post(`/admin/orders/${id}/fulfillments/${fulfillment}/cancel`)
      await expectTold(id, { fulfillment_status: "canceled" })
    })

    it("tells of a capture and of refunds, in part and whole", async () => {
      const { admin, id, order } = await placed()
      const payment = await paymentOf(admin, id)
      await admin.post(`/admin/payments/${payment}/capture`)
      await expectTold(id, { payment_status: "captured" })
      await admin.post(`/admin/payments/${payment}/refund`, { amount: 1 })
      await expectTold(id, { payment_status: "partially_refunded" })
      await admin.post(`/admin/payments/${payment}/refund`, { amount: Number((order.total - 1).toFixed(3)) })
      await expectTold(id, { payment_status: "refunded" })
    })

    it("tells of an order that is canceled, with what became of its payment", async () => {
      const { admin, id } = await placed()
      await admin.post(`/admin/orders/${id}/cancel`)
      const updates = await expectTold(id, { status: "canceled", payment_status: "canceled" })
      expect(updates.at(-1)).toMatchObject({ new_status: "canceled", payment_status: "canceled" })
    })

    it("tells of an order that is completed and archived", async () => {
      const { admin, id } = await placed()
      await admin.post(`/admin/orders/${id}/complete`)
      await expectTold(id, { status: "completed" })
      await admin.post(`/admin/orders/${id}/archive`)
      await expectTold(id, { status: "archived" })
    })

    it("tells of what an edit, a return and an exchange make of the statuses", async () => {
      const { admin, id, order, fulfill } = await placed()
      await fulfill()
      await expectTold(id, { fulfillment_status: "fulfilled" })
      await admin.post("/admin/order-edits", { order_id: id })
      await admin.post(`/admin/order-edits/${id}/items`, { items: [{ variant_id: bench.shop.variants["SHIRT-M"]!.id, quantity: 1 }] })
      await admin.post(`/admin/order-edits/${id}/request`)
      await admin.post(`/admin/order-edits/${id}/confirm`)
      await expectTold(id, { fulfillment_status: "partially_fulfilled" })
      const added = (await admin.order(id)).items.find((item) => item.variant_sku === "SHIRT-M")!
      await fulfill([{ id: added.id, quantity: 1 }])
      await expectTold(id, { fulfillment_status: "fulfilled" })
      const shirt = order.items.find((item) => item.variant_sku === "SHIRT-S")!
      const { return: opened } = await admin.post<{ return: { id: string } }>("/admin/returns", {
        order_id: id,
        location_id: bench.shop.locationId,
      })
      await admin.post(`/admin/returns/${opened.id}/request-items`, { items: [{ id: shirt.id, quantity: 1 }] })
      await admin.post(`/admin/returns/${opened.id}/request`)
      await admin.post(`/admin/returns/${opened.id}/receive`)
      await admin.post(`/admin/returns/${opened.id}/receive-items`, { items: [{ id: shirt.id, quantity: 1 }] })
      await admin.post(`/admin/returns/${opened.id}/receive/confirm`)
      const { exchange } = await admin.post<{ exchange: { id: string } }>("/admin/exchanges", { order_id: id })
      await admin.post(`/admin/exchanges/${exchange.id}/inbound/items`, {
        items: [{ id: shirt.id, quantity: 1 }],
      })
      await admin.post(`/admin/exchanges/${exchange.id}/outbound/items`, {
        items: [{ variant_id: bench.shop.variants["MUG-WHITE"]!.id, quantity: 1 }],
      })
      await admin.post(`/admin/exchanges/${exchange.id}/request`)
      const exchanged = await admin.order(id)
      await expectTold(id, { payment_status: exchanged.payment_status, fulfillment_status: exchanged.fulfillment_status })
      expect(exchanged.fulfillment_status).toBe("partially_fulfilled")
    })

    it("tells of what a claim makes of them", async () => {
      const { admin, id, order, fulfill } = await placed()
      await fulfill()
      await expectTold(id, { fulfillment_status: "fulfilled" })
      const mug = order.items.find((item) => item.variant_sku === "MUG-WHITE")!
      const { claim } = await admin.post<{ claim: { id: string } }>("/admin/claims", { type: "replace", order_id: id })
      await admin.post(`/admin/claims/${claim.id}/claim-items`, {
        items: [{ id: mug.id, quantity: 1, reason: "production_failure" }],
      })
      await admin.post(`/admin/claims/${claim.id}/outbound/items`, {
        items: [{ variant_id: bench.shop.variants["MUG-WHITE"]!.id, quantity: 1 }],
      })
      await admin.post(`/admin/claims/${claim.id}/request`)
      await expectTold(id, { fulfillment_status: "partially_fulfilled" })
    })

    it("tells of a draft only when it has become an order", async () => {
      const admin = await Admin.signIn(bench)
      const { draft_order: draft } = await admin.post<{ draft_order: { id: string } }>("/admin/draft-orders", {
        email: "draft@example.com",
        region_id: bench.shop.regionId,
        sales_channel_id: bench.shop.salesChannelId,
        items: [{ variant_id: bench.shop.variants["MUG-WHITE"]!.id, quantity: 1 }],
        shipping_address: { first_name: "Noura", last_name: "Al-Rashid", address_1: "Street 1", city: "Kuwait City", country_code: "kw" },
        shipping_methods: [{ shipping_option_id: bench.shop.shippingOptionId, name: "Courier", amount: 1.5 }],
      })
      await admin.post(`/admin/draft-orders/${draft.id}/convert-to-order`)
      const created = await waitFor("Odoo has the order", () =>
        bench.standIn.deliveries.find(({ body }) => body.event === "order.created")
      )
      expect(created.body.data.order).toMatchObject({ id: draft.id, status: "pending" })
      expect(bench.standIn.deliveries.filter(({ body }) => body.event === "order.created")).toHaveLength(1)
    })

    it("is told once, also when many hints come at the same time", async () => {
      const { admin, id, items, fulfill } = await placed()
      const payment = await paymentOf(admin, id)
      await fulfill([items[0]!])
      await Promise.all([
        admin.post(`/admin/payments/${payment}/capture`),
        fulfill([items[1]!]),
        ...Array.from({ length: 10 }, (_, index) => admin.post(`/admin/orders/${id}`, { metadata: { note: String(index) } })),
      ])
      await expectTold(id, { fulfillment_status: "fulfilled", payment_status: "captured" })
    })

    it("waits behind the order's creation, which Odoo did not take", async () => {
      bench.standIn.answer = ({ body }) => (body.event === "order.created" ? { status: 500 } : { body: { success: true } })
      const { admin, id } = await placed()
      await admin.post(`/admin/orders/${id}/complete`)
      const [created, updated] = await waitFor("both events are there", async () => {
        const events = await listEvents(bench.odoo, { record_id: id }, { order: { sequence: "ASC" } })
        return events.length === 2 && events[0]!.status === "waiting" && events
      })
      expect([created!.name, updated!.name, updated!.status]).toEqual(["order.created", "order.status_updated", "pending"])
      expect(told(id)).toEqual([])
    })
  })

  describe("what Odoo itself has said", () => {
    const tell = (eventType: string, order: Record<string, unknown>) =>
      bench.client.post("/odoo/webhooks/order-status", { event_type: eventType, order })

    it("is not told back to it, and the next change is told with true old values", async () => {
      const { admin, id } = await placed()
      expect((await tell("order.shipped", { medusa_order_id: id })).status).toBe(200)
      expect((await tell("order.paid", { medusa_order_id: id })).status).toBe(200)
      expect((await bench.client.patch(`/odoo/orders/${id}`, { status: "completed" })).status).toBe(200)
      await admin.post(`/admin/orders/${id}/archive`)
      const update = await waitFor("Odoo is told", () => told(id)[0])
      expect(told(id)).toHaveLength(1)
      expect(update).toMatchObject({
        old_status: "completed",
        new_status: "archived",
        old_fulfillment_status: "shipped",
        old_payment_status: "captured",
      })
    })

    const cancellations = {
      "order.cancelled": (id: string) => tell("order.cancelled", { medusa_order_id: id }),
      "PATCH status=canceled": (id: string) => bench.client.patch(`/odoo/orders/${id}`, { status: "canceled" }),
    }

    it.each(Object.entries(cancellations))("is not told back when it is %s, nor is the authorisation that it releases", async (_, cancel) => {
      const { admin, id } = await placed()
      expect((await cancel(id)).status).toBe(200)
      expect(await admin.order(id)).toMatchObject({ status: "canceled", payment_status: "canceled" })
      // what comes later is told in order: had anything been told of it, it would have come before
      await admin.post(`/admin/orders/${id}/archive`)
      const update = await waitFor("Odoo is told", () => told(id)[0])
      expect(update).toMatchObject({ old_status: "canceled", new_status: "archived", old_payment_status: "canceled" })
      expect(told(id)).toHaveLength(1)
    })

    it.each(Object.entries(cancellations))("is told back when it is %s with the refund, which Odoo did not say", async (_, cancel) => {
      const options = jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, refundOnCancel: true })
      try {
        const { id } = await placed()
        await tell("order.paid", { medusa_order_id: id })
        expect((await cancel(id)).status).toBe(200)
        const update = await waitFor("Odoo is told", () => told(id)[0])
        expect(update).toMatchObject({ new_status: "canceled", old_payment_status: "captured", payment_status: "refunded" })
      } finally {
        options.restore()
      }
    })

    it("does not swallow what a person makes of the order meanwhile, also when the process has died over it", async () => {
      const { admin, id } = await placed()
      await bench.odoo.snapshots.suppressEcho({ record_kind: "order", record_id: id }, ["status=completed"])
      await admin.post(`/admin/orders/${id}/cancel`)
      await expectTold(id, { status: "canceled" })
    })

    it("does not swallow what had changed before", async () => {
      const { id, items, fulfill } = await placed()
      // by the module: no workflow that hints at it
      await fulfill([items[0]!])
      expect((await tell("order.shipped", { medusa_order_id: id })).status).toBe(200)
      const [update] = await expectTold(id, { fulfillment_status: "partially_fulfilled" })
      expect(update).toMatchObject({ old_fulfillment_status: "not_fulfilled" })
      expect((await bench.odoo.snapshots.of("order", [id])).get(id)?.snapshot).toMatchObject({ fulfillment_status: "shipped" })
    })
  })
})
