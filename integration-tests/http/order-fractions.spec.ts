import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { OrderDetail } from "../../src/wire/order-detail"
import { Admin } from "../support/admin"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

shopSuite({}, (bench) => {
  const tell = (eventType: string, order: Record<string, unknown>) =>
    bench.client.post("/odoo/webhooks/order-status", { event_type: eventType, order })

  const reduce = (orderId: string, items: object[]) => bench.client.post("/odoo/inventory/reduce", { order_id: orderId, items })

  /** Goods by the metre: an order that a person enters in the dashboard, which takes any quantity. */
  const enter = async (lines: { sku: string; quantity: number }[]) => {
    bench.standIn.answer = () => ({ body: { success: true } })
    const admin = await Admin.signIn(bench)
    const { draft_order: draft } = await admin.post<{ draft_order: { id: string } }>("/admin/draft-orders", {
      email: "layla@example.com",
      region_id: bench.shop.regionId,
      sales_channel_id: bench.shop.salesChannelId,
      items: lines.map(({ sku, quantity }) => ({ variant_id: bench.shop.variants[sku]!.id, quantity })),
      shipping_methods: [{ shipping_option_id: bench.shop.shippingOptionId, name: "Courier", amount: 1.5 }],
    })
    await admin.post(`/admin/draft-orders/${draft.id}/convert-to-order`)
    return { id: draft.id, admin }
  }

  const stockOf = async (sku: string) => {
    const [level] = await bench.container
      .resolve(Modules.INVENTORY)
      .listInventoryLevels({ inventory_item_id: bench.shop.variants[sku]!.inventoryItemId })
    return { stocked: level!.stocked_quantity, reserved: level!.reserved_quantity }
  }

  const detail = async (id: string) => (await bench.client.get<{ order: OrderDetail }>(`/odoo/orders/${id}`)).data.order

  describe("an order of a part of a piece", () => {
    it("has nothing reserved any more once it is shipped as a whole", async () => {
      const { id, admin } = await enter([{ sku: "SHIRT-S", quantity: 1.5 }])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 1.5 })
      const { status, data } = await tell("order.shipped", { medusa_order_id: id })
      expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
      expect((await admin.order(id)).fulfillment_status).toBe("shipped")
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48.5, reserved: 0 })
    })

    it("keeps what is reserved, and no more, when Medusa refuses less than one piece, and what else there is leaves", async () => {
      const { id, admin } = await enter([{ sku: "SHIRT-S", quantity: 0.5 }, { sku: "MUG-WHITE", quantity: 2 }])
      const first = await tell("order.shipped", { medusa_order_id: id })
      expect([first.status, first.data.error.details.effects]).toEqual([409, ["fulfilled", "shipped"]])
      expect(first.data.error.message).toContain("Medusa fulfills no less than one piece of a line")
      for (let said = 0; said < 2; said += 1) {
        expect((await tell("order.shipped", { medusa_order_id: id })).status).toBe(409)
        expect(await stockOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0.5 })
      }
      expect(await stockOf("MUG-WHITE")).toEqual({ stocked: 48, reserved: 0 })
      expect((await admin.order(id)).fulfillments).toHaveLength(1)
    })

    it("leaves no reservation behind that was made for a shipment which Medusa refuses", async () => {
      const { id, admin } = await enter([{ sku: "SHIRT-S", quantity: 0.5 }])
      const [line] = (await admin.order(id)).items
      await bench.container.resolve(Modules.INVENTORY).deleteReservationItemsByLineItem([line!.id])
      expect((await tell("order.shipped", { medusa_order_id: id })).status).toBe(409)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })

    it("is taken out of the stock as far as it is open", async () => {
      const { id } = await enter([{ sku: "SHIRT-S", quantity: 2.5 }])
      const first = await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      expect(first.data.results).toMatchObject([{ status: "reduced", previous_quantity: 50, new_quantity: 48, reduced_by: 2 }])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0.5 })
      const second = await reduce(id, [{ sku: "SHIRT-S", quantity: 1 }])
      expect([second.status, second.data.results]).toMatchObject([
        200,
        [{ status: "reduced", previous_quantity: 48, new_quantity: 47.5, reduced_by: 0.5 }],
      ])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47.5, reserved: 0 })
      expect((await reduce(id, [{ sku: "SHIRT-S", quantity: 1 }])).data.results).toMatchObject([{ status: "already_reduced" }])
      expect((await tell("order.shipped", { medusa_order_id: id })).data.effects).toEqual(["fulfilled", "shipped"])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47.5, reserved: 0 })
      const movements = await bench.odoo.listOdooMovements({})
      expect(movements.every(({ unsettled_since: since }) => since === null)).toBe(true)
    })

    it("shows its quantity as it is in the pull and in the webhook, and is delivered as a whole", async () => {
      const { id, admin } = await enter([{ sku: "SHIRT-S", quantity: 2.5 }])
      await waitFor("Odoo is told of it", () => Promise.resolve(bench.standIn.deliveries.some(({ body }) => body.event === "order.created")))
      const told = bench.standIn.deliveries.find(({ body }) => body.event === "order.created")!.body.data.order as OrderDetail
      for (const order of [told, await detail(id)]) {
        expect(order.items).toMatchObject([{ quantity: 2.5, subtotal: 12_500 }])
      }
      await tell("order.delivered", { medusa_order_id: id })
      expect((await admin.order(id)).fulfillment_status).toBe("delivered")
      expect(await detail(id)).toMatchObject({ fulfillment_status: "delivered", fulfillments: [{ items: [{ quantity: 2.5 }] }] })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47.5, reserved: 0 })
    })

    it("gives back what has not left when it is canceled", async () => {
      const { id } = await enter([{ sku: "SHIRT-S", quantity: 2.5 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      expect((await tell("order.cancelled", { medusa_order_id: id })).data.effects).toEqual(["canceled"])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0 })
    })
  })

  describe("a part of a piece that Odoo says has left", () => {
    it("is an item's error that names the option, and the other items are taken", async () => {
      const { id } = await enter([{ sku: "SHIRT-S", quantity: 2.5 }, { sku: "MUG-WHITE", quantity: 2 }])
      const { status, data } = await reduce(id, [{ sku: "SHIRT-S", quantity: 2.5 }, { sku: "MUG-WHITE", quantity: "2.0000000001" }])
      expect([status, data.success, data.summary]).toEqual([200, false, { total_items: 2, successful: 1, failed: 1, insufficient_stock: 0 }])
      expect(data.results).toMatchObject([
        { sku: "SHIRT-S", status: "failed", reduced_by: 0, error: expect.stringContaining("fractionalQuantities") as unknown },
        { sku: "MUG-WHITE", status: "reduced", reduced_by: 2 },
      ])
      const shipped = await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "SHIRT-S", quantity: 1.5 }] })
      expect([shipped.status, shipped.data.error.message]).toEqual([400, expect.stringContaining("fractionalQuantities")])
    })

    it("is taken exactly where the shop counts parts of a piece", async () => {
      const options = jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, fractionalQuantities: true })
      try {
        const { id, admin } = await enter([{ sku: "SHIRT-S", quantity: 2.5 }])
        for (const [quantity, left] of [[0.1, 49.9], [0.2, 49.7]] as const) {
          const { data } = await reduce(id, [{ sku: "SHIRT-S", quantity }])
          expect(data.results).toMatchObject([{ status: "reduced", new_quantity: left, reduced_by: quantity }])
        }
        expect(await stockOf("SHIRT-S")).toEqual({ stocked: 49.7, reserved: 2.2 })
        const db = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
        const sums = await db("odoo_movement").sum("quantity").first<{ sum: string }>()
        expect(sums.sum).toBe("0.3")
        const shipped = await tell("order.shipped", { medusa_order_id: id, tracking_number: "T1", items: [{ sku: "SHIRT-S", quantity: 1.2 }] })
        expect([shipped.status, shipped.data.effects]).toEqual([200, ["fulfilled", "shipped"]])
        expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48.8, reserved: 1.3 })
        await tell("order.shipped", { medusa_order_id: id, tracking_number: "T2" })
        expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47.5, reserved: 0 })
        expect((await admin.order(id)).fulfillment_status).toBe("shipped")
      } finally {
        options.restore()
      }
    })
  })
})
