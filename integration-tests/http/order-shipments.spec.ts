import { Modules } from "@medusajs/framework/utils"

import { Admin } from "../support/admin"
import type { CartLine } from "../support/shopper"
import { shopSuite } from "../support/suite"

shopSuite({}, (bench) => {
  const inventory = () => bench.container.resolve(Modules.INVENTORY)

  const tell = (eventType: string, order: Record<string, unknown>, key?: string) =>
    bench.client.post(
      "/odoo/webhooks/order-status",
      { event_type: eventType, order },
      { headers: key === undefined ? {} : { "Idempotency-Key": key } }
    )

  const place = async (lines: CartLine[]) => {
    bench.standIn.answer = () => ({ body: { success: true } })
    return await bench.shopper.buy(lines)
  }

  const stockOf = async (sku: string) => {
    const [level] = await inventory().listInventoryLevels({ inventory_item_id: bench.shop.variants[sku]!.inventoryItemId })
    return { stocked: level!.stocked_quantity, reserved: level!.reserved_quantity }
  }

  const updateVariant = (sku: string, changes: object) =>
    bench.container.resolve(Modules.PRODUCT).updateProductVariants(bench.shop.variants[sku]!.id, changes)

  const lineOf = async (admin: Admin, id: string, sku: string) => (await admin.order(id)).items.find((item) => item.variant_sku === sku)!

  /** What a person does in the dashboard: packs so many pieces of a line, and sends them off. */
  const shipByHand = async (admin: Admin, id: string, items: { id: string; quantity: number }[], number?: string, ships = true) => {
    await admin.post(`/admin/orders/${id}/fulfillments`, { items, location_id: bench.shop.locationId })
    const packed = (await admin.order(id)).fulfillments.find((fulfilment) => fulfilment.shipped_at === null)!
    if (!ships) {
      return
    }
    const labels = number === undefined ? [] : [{ tracking_number: number, tracking_url: "", label_url: "" }]
    await admin.post(`/admin/orders/${id}/fulfillments/${packed.id}/shipments`, { items, labels })
  }

  const numbersOf = async (admin: Admin, id: string) =>
    (await admin.order(id)).fulfillments.map(({ labels }) => labels.map((label) => label.tracking_number)).sort()

  describe("a parcel that a person has shipped in the dashboard", () => {
    it("does not leave again when Odoo tells of its tracking number", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      const line = await lineOf(admin, id, "SHIRT-S")
      await shipByHand(admin, id, [{ id: line.id, quantity: 1 }], " trk-1 ")
      const part = { medusa_order_id: id, tracking_number: "TRK-1", items: [{ sku: "SHIRT-S", quantity: 1 }] }
      for (const said of [part, part, { ...part, shipped_at: "2026-11-21 10:00:00" }]) {
        const { status, data } = await tell("order.shipped", said)
        expect([status, data.effects]).toEqual([200, []])
      }
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 49, reserved: 2 })
      expect((await tell("order.shipped", { ...part, tracking_number: "TRK-2" })).data.effects).toEqual(["fulfilled", "shipped"])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 1 })
      expect(await numbersOf(admin, id)).toEqual([[" trk-1 "], ["TRK-2"]])
    })

    it("does not leave again when Odoo tells of just its goods, and gets its tracking number", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }, { sku: "MUG-WHITE", quantity: 2 }])
      const shirt = await lineOf(admin, id, "SHIRT-S")
      const mug = await lineOf(admin, id, "MUG-WHITE")
      await shipByHand(admin, id, [{ id: shirt.id, quantity: 1 }, { id: mug.id, quantity: 1 }])
      const items = [{ sku: "SHIRT-S", quantity: 1 }, { sku: "MUG-WHITE", quantity: 1 }]
      // of other goods it is another parcel
      const other = await tell("order.shipped", { medusa_order_id: id, tracking_number: "TRK-0", items: items.slice(0, 1) })
      expect(other.data.effects).toEqual(["fulfilled", "shipped"])
      for (const effects of [["labelled"], []]) {
        expect((await tell("order.shipped", { medusa_order_id: id, tracking_number: "TRK-1", items })).data.effects).toEqual(effects)
      }
      expect([await stockOf("SHIRT-S"), await stockOf("MUG-WHITE")]).toEqual([{ stocked: 48, reserved: 1 }, { stocked: 49, reserved: 1 }])
      expect(await numbersOf(admin, id)).toEqual([["TRK-0"], ["TRK-1"]])
      expect((await tell("order.shipped", { medusa_order_id: id, tracking_number: "TRK-2", items })).data.effects).toEqual(["fulfilled", "shipped"])
      expect((await admin.order(id)).fulfillment_status).toBe("shipped")
    })
  })

  describe("a parcel of one of several lines of a SKU", () => {
    it.each(["packed", "shipped", "shipped with its number"])("does not leave again when a person has %s it, however often it is told", async (how) => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 2 }])
      const [first] = (await admin.order(id)).items
      // an edit adds a line of its own
      await admin.post("/admin/order-edits", { order_id: id })
      await admin.post(`/admin/order-edits/${id}/items`, {
        items: [{ variant_id: bench.shop.variants["SHIRT-S"]!.id, quantity: 3 }],
      })
      await admin.post(`/admin/order-edits/${id}/request`)
      await admin.post(`/admin/order-edits/${id}/confirm`)
      const lines = (await admin.order(id)).items.map((line) => line.id)
      for (const [line, tracking_number] of [[lines.find((each) => each !== first!.id)!, "TRK-1"], [first!.id, "TRK-2"]] as const) {
        const quantity = line === first!.id ? 2 : 3
        await shipByHand(admin, id, [{ id: line, quantity }], how === "shipped with its number" ? tracking_number : undefined, how !== "packed")
        for (const _ of [1, 2]) {
          const { status } = await tell("order.shipped", { medusa_order_id: id, tracking_number, items: [{ sku: "SHIRT-S", quantity }] })
          expect([status, (await admin.order(id)).fulfillments.length]).toEqual([200, tracking_number === "TRK-1" ? 1 : 2])
        }
      }
      expect(await numbersOf(admin, id)).toEqual([["TRK-1"], ["TRK-2"]])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 45, reserved: 0 })
    })
  })

  describe("two parts that are alike", () => {
    it("are two where each has an idempotency key, and one where it is the same key or none", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 4 }])
      const part = { medusa_order_id: id, items: [{ sku: "SHIRT-S", quantity: 1 }] }
      for (const [key, effects] of [["one", 2], ["one", 2], ["two", 2], [undefined, 0]] as const) {
        expect((await tell("order.shipped", part, key)).data.effects).toHaveLength(effects)
      }
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 2 })
      for (const tracking_number of ["TRK-1", "TRK-2"]) {
        expect((await tell("order.shipped", { ...part, tracking_number }, tracking_number)).data.effects).toEqual(["labelled"])
      }
      expect(await numbersOf(admin, id)).toEqual([["TRK-1"], ["TRK-2"]])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 2 })
    })
  })

  describe("a line that can not be fulfilled", () => {
    it("holds back nothing else, and alone is named among the undone", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 1 }, { sku: "MUG-WHITE", quantity: 1 }, { sku: "SHIRT-M", quantity: 2 }])
      const mug = await lineOf(admin, id, "MUG-WHITE")
      await inventory().deleteReservationItemsByLineItem([mug.id])
      await bench.client.post("/odoo/inventory/update", { sku: "MUG-WHITE", quantity: 0 })
      const { status, data } = await tell("order.shipped", { medusa_order_id: id, tracking_number: "TRK-1" })
      expect([status, data.error.details]).toEqual([
        409,
        {
          effects: ["fulfilled", "shipped"],
          undone: [{ line_item_id: mug.id, sku: "MUG-WHITE", quantity: 1, reason: expect.stringContaining("No stock reservation") as unknown }],
        },
      ])
      expect((await admin.order(id)).fulfillments).toHaveLength(1)
      await bench.client.post("/odoo/inventory/update", { sku: "MUG-WHITE", quantity: 5 })
      expect((await tell("order.shipped", { medusa_order_id: id, tracking_number: "TRK-1" })).data.effects).toEqual(["fulfilled", "shipped"])
      expect(await stockOf("MUG-WHITE")).toEqual({ stocked: 4, reserved: 0 })
    })

    it("is shipped as far as it is reserved", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      const line = await lineOf(admin, id, "SHIRT-S")
      const [reservation] = await inventory().listReservationItems({ line_item_id: [line.id] })
      await admin.post(`/admin/reservations/${reservation!.id}`, { quantity: 2 })
      await bench.client.post("/odoo/inventory/update", { sku: "SHIRT-S", quantity: 2 })
      const { status, data } = await tell("order.shipped", { medusa_order_id: id })
      expect([status, data.error.details]).toMatchObject([409, { effects: ["fulfilled", "shipped"], undone: [{ line_item_id: line.id, quantity: 1 }] }])
      expect((await lineOf(admin, id, "SHIRT-S")).detail.fulfilled_quantity).toBe(2)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 0, reserved: 0 })
    })

    it("is reserved first where there is enough, such as goods whose stock is managed only since they were sold", async () => {
      const admin = await Admin.signIn(bench)
      await updateVariant("MUG-WHITE", { manage_inventory: false })
      const { id } = await place([{ sku: "SHIRT-S", quantity: 1 }, { sku: "MUG-WHITE", quantity: 4 }])
      await updateVariant("MUG-WHITE", { manage_inventory: true })
      expect(await stockOf("MUG-WHITE")).toEqual({ stocked: 50, reserved: 0 })
      const { status, data } = await tell("order.shipped", { medusa_order_id: id })
      expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
      const order = await admin.order(id)
      expect([order.fulfillment_status, order.fulfillments.length]).toEqual(["shipped", 1])
      expect([await stockOf("SHIRT-S"), await stockOf("MUG-WHITE")]).toEqual([{ stocked: 49, reserved: 0 }, { stocked: 46, reserved: 0 }])
    })

    it("keeps its tracking number, which no older parcel gets", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 1 }, { sku: "MUG-WHITE", quantity: 1 }])
      await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "SHIRT-S", quantity: 1 }] })
      await inventory().deleteReservationItemsByLineItem([(await lineOf(admin, id, "MUG-WHITE")).id])
      await bench.client.post("/odoo/inventory/update", { sku: "MUG-WHITE", quantity: 0 })
      for (const items of [undefined, [{ sku: "MUG-WHITE", quantity: 1 }]]) {
        const said = { medusa_order_id: id, tracking_number: "MUGS", ...(items === undefined ? {} : { items }) }
        expect((await tell("order.shipped", said)).status).toBe(409)
        expect(await numbersOf(admin, id)).toEqual([[]])
      }
      await bench.client.post("/odoo/inventory/update", { sku: "MUG-WHITE", quantity: 1 })
      expect((await tell("order.shipped", { medusa_order_id: id, tracking_number: "MUGS" })).data.effects).toEqual(["fulfilled", "shipped"])
      expect(await numbersOf(admin, id)).toEqual([["MUGS"], []].sort())
    })
  })

  describe("goods of a shipment", () => {
    it("are found under the SKU that they were sold as, and under the one that they have now", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await updateVariant("SHIRT-S", { sku: "SHIRT-SMALL" })
      for (const [sku, reduced] of [["SHIRT-S", 1], ["shirt-small", 1]] as const) {
        const { data } = await bench.client.post("/odoo/inventory/reduce", { order_id: id, items: [{ sku, quantity: reduced }] })
        expect(data.results).toMatchObject([{ sku, status: "reduced", reduced_by: reduced }])
      }
      for (const [sku, tracking_number] of [["SHIRT-S", "ONE"], ["SHIRT-SMALL", "TWO"]] as const) {
        const { status, data } = await tell("order.shipped", { medusa_order_id: id, tracking_number, items: [{ sku, quantity: 1 }] })
        expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
      }
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 1 })
    })

    it("stay reserved when a process dies while it makes one of their reservations", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      const line = await lineOf(admin, id, "SHIRT-S")
      const [reservation] = await inventory().listReservationItems({ line_item_id: [line.id] })
      const { inventory_item_id, location_id } = reservation!
      await admin.post(`/admin/reservations/${reservation!.id}`, { quantity: 1 })
      await admin.post("/admin/reservations", { line_item_id: line.id, inventory_item_id, location_id, quantity: 2 })
      for (const step of ["deleteReservationItems", "updateReservationItems"] as const) {
        const dying = jest.spyOn(inventory(), step).mockRejectedValueOnce(new Error("killed"))
        expect((await tell("order.shipped", { medusa_order_id: id })).status).toBe(500)
        dying.mockRestore()
        expect((await stockOf("SHIRT-S")).reserved).toBeGreaterThanOrEqual(3)
      }
      expect((await tell("order.shipped", { medusa_order_id: id })).data.effects).toEqual(["fulfilled", "shipped"])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
    })
  })
})
