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
    const packed = (await admin.order(id)).fulfillments.find((fulfillment) => fulfillment.shipped_at === null)!
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

  describe("a shipment of which not all can be done as it is said", () => {
    it("ships what can be read, and names the rest", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 4 }])
      const items = [{ sku: false, quantity: 1 }, { sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: -3 }, { sku: "NOTHING", quantity: 1 }]
      const { status, data } = await tell("order.shipped", { medusa_order_id: id, items })
      expect([status, data.success, data.effects]).toEqual([200, false, ["fulfilled", "shipped"]])
      expect(data.failed).toEqual([
        { index: 0, sku: "", error: expect.stringContaining("needs a sku") as unknown },
        { index: 2, sku: "MUG-WHITE", error: expect.stringContaining("must not be negative") as unknown },
        { index: 3, sku: "NOTHING", error: "the order has no line NOTHING" },
      ])
      expect((await admin.order(id)).fulfillment_status).toBe("partially_shipped")
      expect([await stockOf("SHIRT-S"), await stockOf("MUG-WHITE")]).toEqual([{ stocked: 48, reserved: 0 }, { stocked: 50, reserved: 4 }])
    })

    it("finds the goods by Odoo's id of their product, as does a reduction", async () => {
      await updateVariant("SHIRT-S", { metadata: { odoo_id: "501" } })
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      const shipment = { medusa_order_id: id, items: [{ product_id: [501, "[SHIRT-S] Shirt"], quantity: 1.0 }, { odoo_product_id: 999, quantity: 1 }] }
      const { data } = await tell("order.shipped", shipment)
      expect([data.effects, data.failed]).toMatchObject([["fulfilled", "shipped"], [{ index: 1, error: expect.stringContaining("999") as unknown }]])
      const item = { odoo_product_id: 501, quantity: 2 }
      const reduced = await bench.client.post("/odoo/inventory/reduce", { order_id: id, items: [item, { odoo_product_id: 999, quantity: 1 }] })
      expect(reduced.data.results).toMatchObject([{ sku: "SHIRT-S", status: "reduced" }, { status: "failed", error: expect.stringContaining("999") as unknown }])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 1 })
      const plain = await bench.client.post("/odoo/inventory/reduce", { items: [{ ...item, sku: false }] })
      expect(plain.data.results).toMatchObject([{ status: "reduced", reduced_by: 2 }])
      const admin = await bench.admin()
      expect((await admin.post("/admin/inventory/reduce-stock", { product_id: [501, "Shirt"], quantity: 1 })).status).toBe(200)
    })

    it("leaves out the lines of which nothing was done, as Odoo's deliveries keep them", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 4 }])
      const items = [{ sku: "MUG-WHITE", quantity: 0.0 }, { sku: "NOTHING", quantity: 0 }, { sku: "SHIRT-S", quantity: 2 }]
      const { data } = await tell("order.shipped", { medusa_order_id: id, items })
      expect([data.success, data.effects, data.failed]).toEqual([true, ["fulfilled", "shipped"], undefined])
      const none = await tell("order.shipped", { medusa_order_id: id, items: items.slice(0, 2) })
      expect([none.status, none.data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      expect(await stockOf("MUG-WHITE")).toEqual({ stocked: 50, reserved: 4 })
    })

    it("ships nothing where none of its items can be read", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 2 }])
      for (const items of [[{ sku: false, quantity: 1 }], [{ sku: "SHIRT-S", quantity: "many" }, 7], [{ sku: "NOTHING", quantity: 1 }]]) {
        const { status, data } = await tell("order.shipped", { medusa_order_id: id, items })
        expect([status, data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      }
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 2 })
    })

    it("takes an item of a reduction that can not be read for its error, and spares the others", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 2 }])
      for (const [order_id, reserved] of [[id, 0], [undefined, 0]] as const) {
        const items = [{ sku: false, quantity: 1 }, { sku: "SHIRT-S", quantity: 2 }, { sku: "SHIRT-S", quantity: -3 }]
        const { status, data } = await bench.client.post("/odoo/inventory/reduce", { order_id, items })
        expect([status, data.success]).toEqual([200, false])
        expect(data.results).toMatchObject([
          { sku: "", status: "failed", error: expect.stringContaining("sku") as unknown },
          { sku: "SHIRT-S", status: "reduced", reduced_by: 2 },
          { sku: "SHIRT-S", status: "failed", error: "quantity: must not be negative: it says how many pieces have left" },
        ])
        expect((await stockOf("SHIRT-S")).reserved).toBe(reserved)
      }
      expect((await stockOf("SHIRT-S")).stocked).toBe(46)
    })

    it("ships what is open of more than was ordered, and says what was too much, on a repeat too", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }, { sku: "MUG-WHITE", quantity: 1 }])
      const parcel = { medusa_order_id: id, tracking_number: "T1", items: [{ sku: "SHIRT-S", quantity: 5 }] }
      for (const effects of [["fulfilled", "shipped"], []]) {
        const { status, data } = await tell("order.shipped", parcel)
        expect([status, data.success, data.effects ?? data.error, data.surplus]).toEqual([200, true, effects, [{ sku: "SHIRT-S", quantity: 2 }]])
      }
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
      await tell("order.shipped", { medusa_order_id: id })
      const { data } = await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "MUG-WHITE", quantity: 2 }] })
      expect([data.effects, data.surplus]).toEqual([[], [{ sku: "MUG-WHITE", quantity: 1 }]])
      expect((await admin.order(id)).fulfillments).toHaveLength(2)
    })
  })

  describe("more than was ordered", () => {
    const send = async (id: string, number: string, quantity: number) => {
      const { data } = await tell("order.shipped", { medusa_order_id: id, tracking_number: number, items: [{ sku: "SHIRT-S", quantity }] })
      return [data.effects, data.surplus]
    }

    it("is said of a parcel that comes when all has been shipped, and of none of those before it", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await send(id, "T1", 2)
      await send(id, "T2", 1)
      expect(await send(id, "T3", 2)).toEqual([[], [{ sku: "SHIRT-S", quantity: 2 }]])
      expect(await send(id, "T1", 2)).toEqual([[], undefined])
    })

    it("is said again of a parcel that is repeated", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await send(id, "T1", 2)
      const surplus = [{ sku: "SHIRT-S", quantity: 1 }]
      expect(await send(id, "T2", 2)).toEqual([["fulfilled", "shipped"], surplus])
      expect(await send(id, "T2", 2)).toEqual([[], surplus])
    })

    it("is said of a reduction, on a repeat too", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      for (const [quantity, status, surplus] of [[5, "reduced", 2], [5, "already_reduced", 2], [3, "already_reduced", undefined]] as const) {
        const { data } = await bench.client.post("/odoo/inventory/reduce", { order_id: id, items: [{ sku: "SHIRT-S", quantity }] })
        expect([data.results[0].status, data.results[0].surplus]).toEqual([status, surplus])
      }
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
        bench.errors.expect(/POST \/odoo\/webhooks\/order-status failed, .*: killed/)
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
