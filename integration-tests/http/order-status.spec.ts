import { Modules } from "@medusajs/framework/utils"

import type { OrderDetail } from "../../src/wire/order-detail"
import { captureOrdersWorkflow } from "../../src/workflows"
import { Admin } from "../support/admin"
import type { PlacedOrder } from "../support/shopper"
import { shopSuite, type Bench } from "../support/suite"

shopSuite({}, (bench) => {
  const tell = (eventType: string, order: Record<string, unknown>) =>
    bench.client.post("/odoo/webhooks/order-status", { event_type: eventType, order })

  const orders = () => bench.container.resolve(Modules.ORDER)

  const place = async (lines = [{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 4 }]) => {
    bench.standIn.answer = () => ({ body: { success: true } })
    return await bench.shopper.buy(lines)
  }

  /** An order that stands when a test begins: a purchase takes longer than most of what is tested here. */
  let placed: PlacedOrder
  beforeAll(async () => {
    placed = await place()
  })

  const stockOf = async (sku: string) => {
    const [level] = await bench.container
      .resolve("inventory")
      .listInventoryLevels({ inventory_item_id: bench.shop.variants[sku]!.inventoryItemId })
    return { stocked: level!.stocked_quantity, reserved: level!.reserved_quantity }
  }

  /** An order that no cart became: Medusa says of it by no event that it was placed. */
  const enter = async (order: Parameters<ReturnType<typeof orders>["createOrders"]>[0]) => {
    const { id } = await orders().createOrders(order)
    await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
    return id
  }

  const detail = async (id: string) => (await bench.client.get<{ order: OrderDetail }>(`/odoo/orders/${id}`)).data.order

  describe("POST /odoo/webhooks/order-status: order.shipped", () => {
    it("fulfills and ships the whole order with its tracking number, and its stock leaves", async () => {
      const { status, data } = await tell("order.shipped", {
        medusa_order_id: placed.id,
        tracking_number: "TRK-1",
        tracking_url: "https://carrier.example/TRK-1",
        carrier_name: "Aramex",
        shipped_at: "2026-11-21 10:00:00",
      })
      expect([status, data]).toEqual([
        200,
        {
          success: true,
          event_type: "order.shipped",
          order: { medusa_order_id: placed.id, display_id: placed.display_id, odoo_order_id: null, odoo_order_name: null },
          metadata_updated: ["odoo_shipped", "odoo_shipped_at", "tracking_number", "tracking_url", "carrier_name"],
          effects: ["fulfilled", "shipped"],
        },
      ])
      const order = await (await Admin.signIn(bench)).order(placed.id)
      expect(order.fulfillment_status).toBe("shipped")
      expect(order.metadata).toMatchObject({
        odoo_shipped: true,
        odoo_shipped_at: "2026-11-21T10:00:00.000Z",
        tracking_number: "TRK-1",
        tracking_url: "https://carrier.example/TRK-1",
        carrier_name: "Aramex",
      })
      expect(order.fulfillments).toHaveLength(1)
      expect(order.fulfillments[0]).toMatchObject({ location_id: bench.shop.locationId, shipped_at: expect.any(String) })
      expect(order.fulfillments[0]!.labels).toMatchObject([{ tracking_number: "TRK-1", tracking_url: "https://carrier.example/TRK-1" }])
      expect(await stockOf("MUG-WHITE")).toEqual({ stocked: 46, reserved: 0 })
      const [fulfillment] = (await detail(placed.id)).fulfillments
      expect(fulfillment).toMatchObject({
        delivered_at: null,
        tracking: [{ number: "TRK-1", url: "https://carrier.example/TRK-1" }],
        items: expect.arrayContaining([expect.objectContaining({ sku: "MUG-WHITE", quantity: 4 })]),
      })
    })

    it("repeated, also twice at once, ships nothing twice and names the same metadata", async () => {
      const said = { medusa_order_id: placed.id, tracking_number: "TRK-1" }
      const answers = await Promise.all([tell("order.shipped", said), tell("order.shipped", said), tell("order.shipped", said)])
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      expect(answers.map(({ data }) => data.effects.length).sort()).toEqual([0, 0, 2])
      expect(new Set(answers.map(({ data }) => JSON.stringify(data.metadata_updated))).size).toBe(1)
      const { fulfillments } = await (await Admin.signIn(bench)).order(placed.id)
      expect(fulfillments).toHaveLength(1)
      expect(await stockOf("MUG-WHITE")).toEqual({ stocked: 46, reserved: 0 })
    })

    it("ships a part, takes the same part for a repeat, and then the rest", async () => {
      const admin = await Admin.signIn(bench)
      const part = { medusa_order_id: placed.id, tracking_number: "TRK-1", items: [{ sku: " mug-white ", quantity: "1.0" }] }
      expect((await tell("order.shipped", part)).data.effects).toEqual(["fulfilled", "shipped"])
      expect((await tell("order.shipped", part)).data.effects).toEqual([])
      expect((await admin.order(placed.id)).fulfillment_status).toBe("partially_shipped")
      const mugs = (await admin.order(placed.id)).items.find((item) => item.variant_sku === "MUG-WHITE")!
      expect(mugs.detail.fulfilled_quantity).toBe(1)
      const second = { ...part, tracking_number: "TRK-2", items: [{ line_item_id: mugs.id, quantity: 2 }, { default_code: "SHIRT-S", quantity: 1 }] }
      expect((await tell("order.shipped", second)).data.effects).toEqual(["fulfilled", "shipped"])
      expect((await tell("order.shipped", { medusa_order_id: placed.id })).data.effects).toEqual(["fulfilled", "shipped"])
      const order = await admin.order(placed.id)
      expect(order.fulfillment_status).toBe("shipped")
      expect(order.fulfillments).toHaveLength(3)
      expect((await tell("order.shipped", second)).data.effects).toEqual([])
    })

    it("knows a part again however it is spelled, and when its tracking number comes later", async () => {
      const admin = await Admin.signIn(bench)
      const shirt = (await admin.order(placed.id)).items.find((item) => item.variant_sku === "SHIRT-S")!
      const effects = async (said: Record<string, unknown>) => (await tell("order.shipped", { medusa_order_id: placed.id, ...said })).data.effects
      expect(await effects({ tracking_number: "TRK-1", items: [{ sku: "SHIRT-S", quantity: 1 }] })).toEqual(["fulfilled", "shipped"])
      expect(await effects({ tracking_number: "TRK-1", items: [{ sku: "shirt-s", quantity: 1 }] })).toEqual([])
      const spelled = [{ line_item_id: shirt.id, quantity: "1.0" }]
      expect(await effects({ tracking_number: "TRK-1", items: spelled, shipped_at: "2026-11-21 10:00:00" })).toEqual([])
      const mug = [{ sku: "MUG-WHITE", quantity: 1 }]
      expect(await effects({ items: mug })).toEqual(["fulfilled", "shipped"])
      for (const expected of [["labelled"], []]) {
        expect(await effects({ tracking_number: "TRK-2", items: mug })).toEqual(expected)
      }
      expect(await effects({ tracking_number: "TRK-3", items: mug })).toEqual(["fulfilled", "shipped"])
      const { fulfillments } = await admin.order(placed.id)
      expect(fulfillments.map(({ labels }) => labels.map((label) => label.tracking_number)).sort()).toEqual([["TRK-1"], ["TRK-2"], ["TRK-3"]])
    })

    it("adds a tracking number that comes after the shipment, once", async () => {
      await tell("order.shipped", { medusa_order_id: placed.id })
      const late = { medusa_order_id: placed.id, tracking_number: "TRK-9", tracking_url: "https://carrier.example/TRK-9" }
      expect((await tell("order.shipped", late)).data.effects).toEqual(["labelled"])
      expect((await tell("order.shipped", late)).data.effects).toEqual([])
      const [fulfillment] = (await detail(placed.id)).fulfillments
      expect(fulfillment!.tracking).toEqual([{ number: "TRK-9", url: "https://carrier.example/TRK-9" }])
    })

    it("is found by its sale order where the id that Odoo kept is no order's", async () => {
      await bench.client.post(`/odoo/orders/${placed.id}/synced`, { odoo_order_id: 7, odoo_order_name: "S00007" })
      for (const named of [{ odoo_order_id: 7 }, { odoo_order_name: "S00007" }]) {
        const { status, data } = await tell("order.confirmed", { medusa_order_id: "order_gone", ...named })
        expect([status, data.order?.medusa_order_id]).toEqual([200, placed.id])
      }
      expect((await tell("order.confirmed", { medusa_order_id: "order_gone" })).status).toBe(404)
    })

    it("refuses a part of which nothing is left, and a SKU that the order does not have, and writes nothing", async () => {
      const part = (sku: string, quantity: number, number: string) =>
        tell("order.shipped", { medusa_order_id: placed.id, tracking_number: number, items: [{ sku, quantity }] })
      const unknown = await tell("order.shipped", { medusa_order_id: placed.id, items: [{ sku: "NOTHING", quantity: 1 }] })
      expect([unknown.status, unknown.data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      const order = await (await Admin.signIn(bench)).order(placed.id)
      expect([order.fulfillment_status, order.metadata?.odoo_shipped]).toEqual(["not_fulfilled", undefined])
      await part("SHIRT-S", 2, "T1")
      const nothingLeft = await part("SHIRT-S", 1, "T2")
      expect([nothingLeft.status, nothingLeft.data.error]).toMatchObject([
        409,
        { code: "CONFLICT", details: { effects: [], items: [{ sku: "SHIRT-S", asked: 1, left: 0 }] } },
      ])
    })

    it("ships what a shopkeeper has packed, whole or named by its items", async () => {
      const admin = await Admin.signIn(bench)
      for (const items of [undefined, [{ sku: "MUG-WHITE", quantity: 4 }, { sku: "SHIRT-S", quantity: 2 }]]) {
        const placed = await place()
        const { items: lines } = await admin.order(placed.id)
        await admin.post(`/admin/orders/${placed.id}/fulfillments`, {
          location_id: bench.shop.locationId,
          items: lines.map(({ id, quantity }) => ({ id, quantity })),
        })
        const said = { medusa_order_id: placed.id, ...(items === undefined ? {} : { items }) }
        expect((await tell("order.shipped", said)).data.effects).toEqual(["shipped"])
        expect((await tell("order.shipped", said)).data.effects).toEqual([])
        expect((await admin.order(placed.id)).fulfillment_status).toBe("shipped")
      }
    })

    it("ships an order of goods whose stock is not managed any more", async () => {
      const placed = await place([{ sku: "MUG-WHITE", quantity: 1 }, { sku: "SHIRT-S", quantity: 1 }])
      const inventory = bench.container.resolve(Modules.INVENTORY)
      const { items } = await (await Admin.signIn(bench)).order(placed.id)
      const mug = items.find((item) => item.variant_sku === "MUG-WHITE")!
      await bench.container.resolve("product").updateProductVariants(bench.shop.variants["MUG-WHITE"]!.id, { manage_inventory: false })
      await inventory.deleteReservationItemsByLineItem([mug.id])
      const { status, data } = await tell("order.shipped", { medusa_order_id: placed.id })
      expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
    })

    it("says what it had done when Medusa refuses the rest, and goes on from there when it is sent again", async () => {
      const admin = await Admin.signIn(bench)
      const [first, second] = (await admin.order(placed.id)).items
      // apart from each other, so that they do not leave in one parcel
      await orders().updateOrderLineItems(first!.id, { requires_shipping: false })
      const inventory = bench.container.resolve(Modules.INVENTORY)
      const [reservation] = await inventory.listReservationItems({ line_item_id: [second!.id] })
      await inventory.deleteReservationItems([reservation!.id])
      // nor is there one to reserve
      await bench.client.post("/odoo/inventory/update", { sku: second!.variant_sku, quantity: 0 })
      const refused = await tell("order.shipped", { medusa_order_id: placed.id })
      expect([refused.status, refused.data.error.code]).toEqual([409, "CONFLICT"])
      const between = await admin.order(placed.id)
      expect(between.fulfillments).toHaveLength(1)
      expect(refused.data.error.details.effects).toEqual(["fulfilled", "shipped"])
      expect(refused.data.error.details.undone).toEqual([
        {
          line_item_id: second!.id,
          sku: second!.variant_sku,
          quantity: second!.quantity,
          reason: expect.stringContaining("No stock reservation found") as unknown,
        },
      ])
      expect(between.metadata ?? {}).not.toHaveProperty("odoo_shipped")
      await bench.client.post("/odoo/inventory/update", { sku: second!.variant_sku, quantity: 50 })
      const { inventory_item_id, location_id, quantity } = reservation!
      await inventory.createReservationItems([{ inventory_item_id, location_id, quantity, line_item_id: second!.id }])
      expect((await tell("order.shipped", { medusa_order_id: placed.id })).data.effects).toEqual(["fulfilled", "shipped"])
      const after = await admin.order(placed.id)
      expect([after.fulfillment_status, after.fulfillments.length]).toEqual(["shipped", 2])
    })

    it("ships an order that was placed without a shipping method", async () => {
      const id = await enter({
        currency_code: "kwd",
        email: "layla@example.com",
        items: [{ title: "Gift card", quantity: 1, unit_price: 5, requires_shipping: false }],
      })
      const { status, data } = await tell("order.shipped", { medusa_order_id: id })
      expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
    })
  })

  describe("POST /odoo/webhooks/order-status: order.delivered", () => {
    it("marks the fulfillments delivered, once", async () => {
      await tell("order.shipped", { medusa_order_id: placed.id })
      const said = { medusa_order_id: placed.id, delivered_at: "2026-11-22T09:00:00Z" }
      const { data } = await tell("order.delivered", said)
      expect([data.effects, data.metadata_updated]).toEqual([["delivered"], ["odoo_delivered", "odoo_delivered_at"]])
      expect((await tell("order.delivered", said)).data).toMatchObject({ effects: [], metadata_updated: data.metadata_updated })
      const order = await (await Admin.signIn(bench)).order(placed.id)
      expect(order.fulfillment_status).toBe("delivered")
      expect(order.metadata).toMatchObject({ odoo_delivered: true, odoo_delivered_at: "2026-11-22T09:00:00.000Z" })
    })

    it("ships first what was never shipped", async () => {
      expect((await tell("order.delivered", { medusa_order_id: placed.id })).data.effects).toEqual(["fulfilled", "shipped", "delivered"])
      expect((await (await Admin.signIn(bench)).order(placed.id)).fulfillment_status).toBe("delivered")
    })

    it("leaves open what a partly shipped order still lacks", async () => {
      await tell("order.shipped", { medusa_order_id: placed.id, items: [{ sku: "MUG-WHITE", quantity: 1 }] })
      expect((await tell("order.delivered", { medusa_order_id: placed.id })).data.effects).toEqual(["delivered"])
      expect((await (await Admin.signIn(bench)).order(placed.id)).fulfillment_status).toBe("partially_delivered")
    })
  })

  describe("POST /odoo/webhooks/order-status: order.cancelled", () => {
    it("cancels the order and releases its reservations, in either spelling, and may be repeated", async () => {
      for (const spelling of ["order.cancelled", "order.canceled"]) {
        const placed = await place([{ sku: "SHIRT-M", quantity: 3 }])
        const said = { medusa_order_id: placed.id, reason: "out of season\nsorry" }
        const { status, data } = await tell(spelling, said)
        expect([status, data.event_type, data.effects]).toEqual([200, "order.cancelled", ["canceled"]])
        expect(data.metadata_updated).toEqual(["odoo_cancelled", "odoo_cancelled_at", "cancelled_reason"])
        expect((await tell(spelling, said)).data).toMatchObject({ effects: [], metadata_updated: data.metadata_updated })
        const order = await detail(placed.id)
        expect([order.status, order.metadata]).toMatchObject(["canceled", { odoo_cancelled: true, cancelled_reason: "out of season\nsorry" }])
        const shown = await (await Admin.signIn(bench)).order(placed.id)
        expect([shown.status, shown.payment_status, shown.fulfillments]).toEqual(["canceled", "canceled", []])
        expect(shown.metadata).toMatchObject({
          odoo_cancelled: true,
          odoo_cancelled_at: expect.any(String) as unknown,
          cancelled_reason: "out of season\nsorry",
        })
        expect(await stockOf("SHIRT-M")).toEqual({ stocked: 50, reserved: 0 })
      }
    })

    it("is a CONFLICT after the order was shipped, and nothing is written", async () => {
      await tell("order.shipped", { medusa_order_id: placed.id })
      const { status, data } = await tell("order.cancelled", { medusa_order_id: placed.id })
      expect([status, data.error]).toMatchObject([409, { code: "CONFLICT", details: { effects: [] } }])
      const order = await detail(placed.id)
      expect([order.status, "odoo_cancelled" in order.metadata]).toEqual(["pending", false])
    })

    it("leaves nothing to ship, deliver or pay", async () => {
      await tell("order.cancelled", { medusa_order_id: placed.id })
      for (const event of ["order.shipped", "order.delivered", "order.paid"]) {
        const { status, data } = await tell(event, { medusa_order_id: placed.id })
        expect([event, status, data.error.code]).toEqual([event, 409, "CONFLICT"])
      }
    })
  })

  describe("POST /odoo/webhooks/order-status: order.paid, order.confirmed, order.invoiced", () => {
    it("captures what the shopper authorised, once", async () => {
      const said = { medusa_order_id: placed.id, payment_method: [3, "Bank"], paid_at: "2026-11-22" }
      const { data } = await tell("order.paid", said)
      expect([data.effects, data.metadata_updated]).toEqual([["paid"], ["odoo_paid", "odoo_paid_at", "payment_method_odoo"]])
      expect((await tell("order.paid", said)).data.effects).toEqual([])
      const order = await (await Admin.signIn(bench)).order(placed.id)
      expect([order.payment_status, order.metadata?.payment_method_odoo]).toEqual(["captured", "Bank"])
      expect(order.payment_collections[0]!.payments[0]!.captures).toHaveLength(1)
      expect((await detail(placed.id)).payments).toMatchObject([{ status: "captured", amount: Math.round(placed.total * 1000) }])
    })

    it("captures what is missing of a payment that was captured in part", async () => {
      const admin = await Admin.signIn(bench)
      const [collection] = (await admin.order(placed.id)).payment_collections
      await admin.post(`/admin/payments/${collection!.payments[0]!.id}/capture`, { amount: 1.5 })
      expect((await tell("order.paid", { medusa_order_id: placed.id })).data.effects).toEqual(["paid"])
      expect((await admin.order(placed.id)).payment_status).toBe("captured")
    })

    it("marks as paid what was never to be paid in the shop, and touches no other order's payment", async () => {
      const id = await enter({
        currency_code: "kwd",
        region_id: bench.shop.regionId,
        items: [{ title: "Engraving", quantity: 1, unit_price: 5 }],
      })
      expect((await tell("order.paid", { medusa_order_id: id })).data.effects).toEqual(["paid"])
      expect((await tell("order.paid", { medusa_order_id: id })).data.effects).toEqual([])
      const admin = await Admin.signIn(bench)
      expect((await admin.order(id)).payment_status).toBe("captured")
      expect((await admin.order(placed.id)).payment_status).toBe("authorized")
    })

    it("only note that it was confirmed or invoiced", async () => {
      const confirmed = await tell("order.confirmed", { medusa_order_id: placed.display_id, confirmed_at: "2026-11-21T08:00:00Z" })
      expect(confirmed.data).toMatchObject({ effects: [], metadata_updated: ["odoo_confirmed", "odoo_confirmed_at"] })
      const invoiced = await tell("order.invoiced", { medusa_order_id: placed.id, invoice_number: "INV/2026/0007", invoice_date: "2026-11-21" })
      expect(invoiced.data).toMatchObject({
        effects: [],
        metadata_updated: ["odoo_invoiced", "odoo_invoiced_at", "invoice_number", "invoice_date"],
      })
      const { metadata, status } = await detail(placed.id)
      expect(status).toBe("pending")
      expect(metadata).toMatchObject({
        odoo_confirmed: true,
        odoo_confirmed_at: "2026-11-21T08:00:00.000Z",
        invoice_number: "INV/2026/0007",
        invoice_date: "2026-11-21",
      })
      const shown = await (await Admin.signIn(bench)).order(placed.id)
      expect([shown.status, shown.payment_status, shown.fulfillment_status]).toEqual(["pending", "authorized", "not_fulfilled"])
      expect(shown.metadata).toMatchObject({
        odoo_confirmed: true,
        odoo_confirmed_at: "2026-11-21T08:00:00.000Z",
        odoo_invoiced: true,
        odoo_invoiced_at: expect.any(String) as unknown,
        invoice_number: "INV/2026/0007",
        invoice_date: "2026-11-21",
      })
    })
  })

  describe("POST /odoo/webhooks/order-status: which order is meant", () => {
    it("finds it by the linked sale order, and notes the status in the link", async () => {
      await bench.client.post(`/odoo/orders/${placed.id}/synced`, { odoo_order_id: 7, odoo_order_name: "S00007" })
      for (const order of [{ odoo_order_id: 7 }, { odoo_order_name: "S00007" }, { odoo_order_id: [7, "S00007"] }, { id: 7, name: "S00007" }]) {
        const { status, data } = await tell("order.confirmed", order)
        expect([status, data.order]).toEqual([
          200,
          { medusa_order_id: placed.id, display_id: placed.display_id, odoo_order_id: 7, odoo_order_name: "S00007" },
        ])
      }
      expect((await detail(placed.id)).odoo.odoo_status).toBe("confirmed")
      await tell("order.shipped", { odoo_order_id: "7" })
      await tell("order.confirmed", { odoo_order_id: 7 })
      expect((await detail(placed.id)).odoo.odoo_status).toBe("shipped")
    })

    it("links an order that is not linked yet, and refuses another sale order for one that is", async () => {
      const { data } = await tell("order.confirmed", { medusa_order_id: placed.id, odoo_order_id: 9, odoo_order_name: "S00009" })
      expect(data.order).toMatchObject({ odoo_order_id: 9, odoo_order_name: "S00009" })
      expect((await detail(placed.id)).odoo).toMatchObject({ synced: true, odoo_order_id: 9, odoo_status: "confirmed" })
      const other = await tell("order.shipped", { medusa_order_id: placed.id, odoo_order_id: 10 })
      expect([other.status, other.data.error]).toMatchObject([409, { code: "CONFLICT", details: { odoo_id: 9, odoo_name: "S00009" } }])
      expect((await detail(placed.id)).fulfillment_status).toBe("not_fulfilled")
    })

    it("understands the ways in which Odoo's side writes it", async () => {
      const post = (body: unknown) => bench.client.post("/odoo/webhooks/order-status", body)
      for (const body of [
        { event: "order.confirmed", order: { medusa_order_id: placed.id, confirmed_at: false, tracking_number: false } },
        { event_type: "order.confirmed", medusa_order_id: placed.id },
        { event_type: "order.confirmed", order: false, medusa_order_id: String(placed.display_id) },
        { _action: "Send webhook(#480)", _id: 6, _model: "sale.order", id: 6, name: "S00006", event: "order.confirmed", x_medusa_order_id: placed.id },
      ]) {
        const { status, data } = await post(body)
        expect([status, data.order?.medusa_order_id]).toEqual([200, placed.id])
      }
    })

    it("answers NOT_FOUND for an order that is not there, and VALIDATION_ERROR for what can not be understood", async () => {
      for (const order of [{ medusa_order_id: "order_nothing" }, { odoo_order_id: 99 }, { odoo_order_name: "S99999" }, { medusa_order_id: 99_999 }]) {
        const { status, data } = await tell("order.shipped", order)
        expect([status, data.error.code]).toEqual([404, "NOT_FOUND"])
      }
      const unknown = await tell("order.teleported", { medusa_order_id: "order_nothing" })
      expect([unknown.status, unknown.data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      expect(unknown.data.error.message).toContain("order.confirmed, order.shipped, order.delivered, order.cancelled, order.invoiced, order.paid")
      for (const members of [
        { medusa_order_id: "x\u0000" },
        { carrier_name: ["x"] },
        { tracking_number: "a\u0000b" },
        { tracking_number: "\ud800" },
        { tracking_number: "x".repeat(300) },
        { tracking_number: {} },
        { shipped_at: "soon" },
        { items: [] },
        { items: "all" },
        { items: [{ sku: "MUG-WHITE", quantity: 0 }] },
        { items: [{ sku: "MUG-WHITE", quantity: 1.5 }] },
        { items: [{ quantity: 1 }] },
        { cancelled_reason: "\u0000" },
        { odoo_order_id: 1.5 },
      ]) {
        const body = JSON.stringify({ event_type: "order.shipped", order: { medusa_order_id: placed.id, ...members } })
        const { status, data } = await bench.client.post("/odoo/webhooks/order-status", body, { headers: { "content-type": "application/json" } })
        expect([members, status, data.error?.code]).toEqual([members, 400, "VALIDATION_ERROR"])
      }
      for (const body of [[], {}, { event_type: "order.shipped" }, { event_type: "order.shipped", order: [] }, { event_type: 7, order: { odoo_order_id: 7 } }]) {
        expect((await bench.client.post("/odoo/webhooks/order-status", body)).status).toBe(400)
      }
      expect((await detail(placed.id)).fulfillment_status).toBe("not_fulfilled")
    })
  })

  describe("with orderStatusEffects switched off", () => {
    let effects: jest.ReplaceProperty<Bench["odoo"]["options"]>
    beforeEach(() => {
      effects = jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, orderStatusEffects: false })
    })
    afterEach(() => effects.restore())

    it("events write their metadata and leave the order as it is", async () => {
      for (const event of ["order.shipped", "order.delivered", "order.paid", "order.cancelled"]) {
        const { status, data } = await tell(event, { medusa_order_id: placed.id })
        expect([event, status, data.effects]).toEqual([event, 200, []])
      }
      const order = await detail(placed.id)
      expect(order).toMatchObject({ status: "pending", fulfillment_status: "not_fulfilled", payment_status: "authorized" })
      expect(order.metadata).toMatchObject({ odoo_shipped: true, odoo_delivered: true, odoo_paid: true, odoo_cancelled: true })
    })
  })
})
