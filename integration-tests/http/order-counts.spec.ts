import { Modules } from "@medusajs/framework/utils"

import { Admin } from "../support/admin"
import type { CartLine } from "../support/shopper"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

/** A time so many minutes after the tests have begun. */
const START = Date.now()
const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString()

shopSuite({}, (bench) => {
  const tell = (eventType: string, order: Record<string, unknown>) =>
    bench.client.post("/odoo/webhooks/order-status", { event_type: eventType, order })

  const reduce = (orderId: string, items: CartLine[]) => bench.client.post("/odoo/inventory/reduce", { order_id: orderId, items })

  const count = (sku: string, quantity: number, said: object = {}) =>
    bench.client.post("/odoo/inventory/bulk-update", { items: [{ sku, quantity, ...said }] })

  const place = async (lines: CartLine[]) => {
    bench.standIn.answer = () => ({ body: { success: true } })
    return await bench.shopper.buy(lines)
  }

  const stockOf = async (sku: string) => {
    const [level] = await bench.container
      .resolve(Modules.INVENTORY)
      .listInventoryLevels({ inventory_item_id: bench.shop.variants[sku]!.inventoryItemId })
    return { stocked: level!.stocked_quantity, reserved: level!.reserved_quantity }
  }

  const updateVariant = (sku: string, changes: object) =>
    bench.container.resolve(Modules.PRODUCT).updateProductVariants(bench.shop.variants[sku]!.id, changes)

  describe("a count and a shipment of the same goods", () => {
    it("count once where the count is of a later time than the shipment", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await count("SHIRT-S", 47, { updated_at: at(-10) })
      const said = { medusa_order_id: id, shipped_at: at(-20) }
      for (const effects of [["fulfilled", "shipped"], []]) {
        expect((await tell("order.shipped", said)).data.effects).toEqual(effects)
        expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
      }
    })

    it("count both where the count is older, names no time, or is of what is for sale", async () => {
      for (const [quantity, said, end] of [
        [50, { updated_at: at(-30) }, 47],
        [50, {}, 47],
        [47, { updated_at: at(-5), quantity_is: "available" }, 47],
      ] as const) {
        const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
        await count("SHIRT-S", quantity, said)
        expect((await stockOf("SHIRT-S")).stocked).toBe(50)
        await tell("order.shipped", { medusa_order_id: id, shipped_at: at(-20) })
        expect(await stockOf("SHIRT-S")).toEqual({ stocked: end, reserved: 0 })
        await count("SHIRT-S", 50)
      }
    })

    it("count once where a reduction has told of the goods before the count", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      await count("SHIRT-S", 47, { updated_at: at(-10) })
      await tell("order.shipped", { medusa_order_id: id, shipped_at: at(-20) })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
    })

    it("count once of goods that the shop sells without having them", async () => {
      await updateVariant("SHIRT-S", { allow_backorder: true })
      await count("SHIRT-S", 1)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await count("SHIRT-S", 0, { updated_at: at(-10) })
      await tell("order.shipped", { medusa_order_id: id, shipped_at: at(-20) })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 0, reserved: 0 })
    })

    it("leave the stock as it was counted where it has not what was shipped", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await count("SHIRT-S", 1)
      await tell("order.shipped", { medusa_order_id: id })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 1, reserved: 0 })
    })

    it("have an older count be stale that comes after the shipment, of what a person has packed too", async () => {
      const admin = await Admin.signIn(bench)
      for (const [sku, byHand] of [["SHIRT-S", false], ["SHIRT-M", true]] as const) {
        const { id } = await place([{ sku, quantity: 3 }])
        if (byHand) {
          const items = (await admin.order(id)).items.map((line) => ({ id: line.id, quantity: line.quantity }))
          await admin.post(`/admin/orders/${id}/fulfillments`, { items, location_id: bench.shop.locationId })
        }
        await tell("order.shipped", { medusa_order_id: id, shipped_at: at(-20) })
        expect((await count(sku, 50, { updated_at: at(-30) })).data.results).toMatchObject({ stale: 1 })
        expect(await stockOf(sku)).toEqual({ stocked: 47, reserved: 0 })
        expect((await count(sku, 46, { updated_at: at(-10) })).data.results).toMatchObject({ updated: 1 })
      }
    })
  })

  describe("a reduction after a count that is without the goods already", () => {
    it("leaves the stock, ends what is reserved, says so, and a shipment takes nothing more", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await count("SHIRT-S", 1, { updated_at: new Date().toISOString() })
      const { data } = await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }])
      const without = { status: "reduced", previous_quantity: 1, new_quantity: 1, reduced_by: 0, counted_without: 3 }
      expect([data.success, data.results]).toEqual([true, [{ sku: "SHIRT-S", ...without }]])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 1, reserved: 0 })
      expect((await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }])).data.results).toMatchObject([{ status: "already_reduced" }])
      expect((await tell("order.shipped", { medusa_order_id: id })).data.effects).toEqual(["fulfilled", "shipped"])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 1, reserved: 0 })
    })

    it("is refused where the count was before the sale, for all that is known", async () => {
      await count("SHIRT-S", 50, { updated_at: at(-60) })
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await count("SHIRT-S", 1)
      expect((await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }])).data.results).toMatchObject([{ status: "insufficient_stock" }])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 1, reserved: 3 })
    })
  })

  describe("what a reduction has said of an order", () => {
    it("holds when an edit replaces its line by a new one of the same goods", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }, { sku: "MUG-WHITE", quantity: 1 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }])
      const line = (await admin.order(id)).items.find((item) => item.variant_sku === "SHIRT-S")!
      await admin.post("/admin/order-edits", { order_id: id })
      await admin.post(`/admin/order-edits/${id}/items/item/${line.id}`, { quantity: 0 })
      await admin.post(`/admin/order-edits/${id}/items`, { items: [{ variant_id: bench.shop.variants["SHIRT-S"]!.id, quantity: 3 }] })
      await admin.post(`/admin/order-edits/${id}/request`)
      await admin.post(`/admin/order-edits/${id}/confirm`)
      await waitFor("the edit is settled", async () => (await stockOf("SHIRT-S")).reserved === 0)
      expect((await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }])).data.results).toMatchObject([{ status: "already_reduced" }])
      expect((await tell("order.shipped", { medusa_order_id: id })).data.effects).toEqual(["fulfilled", "shipped"])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
    })

    it("may be said again when the order is canceled, and nothing more", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }, { sku: "MUG-WHITE", quantity: 2 }])
      const whole = [{ sku: "SHIRT-S", quantity: 3 }]
      await reduce(id, whole)
      await tell("order.cancelled", { medusa_order_id: id })
      const { status, data } = await reduce(id, whole)
      expect([status, data.success, data.results[0].status]).toEqual([200, true, "already_reduced"])
      const more = await reduce(id, [...whole, { sku: "MUG-WHITE", quantity: 1 }])
      expect([more.status, more.data.error.code]).toEqual([409, "CONFLICT"])
      expect([await stockOf("SHIRT-S"), await stockOf("MUG-WHITE")]).toEqual([{ stocked: 47, reserved: 0 }, { stocked: 50, reserved: 0 }])
    })

    it("is done for goods whose stock is not kept: there is nothing to take", async () => {
      await updateVariant("MUG-WHITE", { manage_inventory: false })
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }, { sku: "MUG-WHITE", quantity: 2 }])
      const { data } = await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }, { sku: "MUG-WHITE", quantity: 2 }])
      expect([data.success, data.results]).toMatchObject([
        true,
        [{ status: "reduced" }, { status: "already_reduced", previous_quantity: null, new_quantity: null, reduced_by: 0 }],
      ])
      const admin = await bench.admin()
      const one = await admin.post("/admin/inventory/reduce-stock", { sku: "MUG-WHITE", quantity: 2, order_id: id })
      expect([one.status, one.data]).toEqual([
        200,
        { success: true, inventory_item: { sku: "MUG-WHITE", previous_quantity: 0, reduced_by: 0, new_quantity: 0 } },
      ])
      expect(await stockOf("MUG-WHITE")).toEqual({ stocked: 50, reserved: 0 })
    })
  })
})
