import { KUWAIT_SHOP } from "../support/shop"
import { leastStatements } from "../support/statements"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

const variants = Array.from({ length: 1_000 }, (_, index) => ({
  title: `No. ${String(index)}`,
  sku: `BULK-${String(index).padStart(4, "0")}`,
  price: 1,
}))

const SHOP = {
  ...KUWAIT_SHOP,
  products: [...KUWAIT_SHOP.products, { title: "Screws", handle: "screws", variants }],
}

shopSuite({ shop: SHOP }, (bench) => {
  const push = (items: unknown[], event_type = "inventory.updated") =>
    bench.client.post("/odoo/webhooks/inventory", { event_type, items })

  describe("POST /odoo/webhooks/inventory", () => {
    it("changes what a shopper sees as available", async () => {
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(50)
      const { status, data } = await push([{ sku: "SHIRT-M", quantity: 12, adjustment_type: "absolute" }])
      expect(status).toBe(200)
      expect(data).toEqual({
        success: true,
        event_type: "inventory.updated",
        summary: { total: 1, processed: 1, failed: 0, not_found: 0 },
        results: [{ sku: "SHIRT-M", status: "success", previous_quantity: 50, new_quantity: 12 }],
      })
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(12)
    })

    it("leaves what shoppers have reserved: available is stocked less reserved", async () => {
      await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 3 }])
      await push([{ sku: "SHIRT-M", quantity: 20, adjustment_type: "absolute" }])
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(17)
    })

    it("applies changes in the order they stand, and refuses one that would go below zero", async () => {
      const { data } = await push(
        [
          { sku: "SHIRT-S", quantity: -20.0, adjustment_type: "delta", reason: "sold in the store" },
          { sku: "SHIRT-S", quantity: "5", adjustment_type: "delta" },
          { sku: "SHIRT-S", quantity: -36, adjustment_type: "delta" },
        ],
        "inventory.adjustment"
      )
      expect(data.results).toEqual([
        { sku: "SHIRT-S", status: "success", previous_quantity: 50, new_quantity: 30 },
        { sku: "SHIRT-S", status: "success", previous_quantity: 30, new_quantity: 35 },
        { sku: "SHIRT-S", status: "failed", previous_quantity: 35, new_quantity: 35, error: "insufficient_stock" },
      ])
      expect(data.success).toBe(false)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(35)
    })

    it("takes goods in of which more were sold than there were", async () => {
      const { inventoryItemId } = bench.shop.variants["SHIRT-S"]!
      await bench.container.resolve("inventory").adjustInventory(inventoryItemId, bench.shop.locationId, -53)
      const received = (quantity: number) => push([{ sku: "SHIRT-S", quantity, adjustment_type: "delta" }], "stock.received")
      expect((await received(2)).data).toMatchObject({ success: true, results: [{ status: "success", previous_quantity: -3, new_quantity: -1 }] })
      expect((await received(-1)).data.results).toMatchObject([{ status: "failed", new_quantity: -1, error: "insufficient_stock" }])
      expect((await received(5)).data.results).toMatchObject([{ status: "success", new_quantity: 4 }])
    })

    it("takes Odoo's drifted forms, and says of each item what became of it", async () => {
      const { status, data } = await bench.client.post("/odoo/webhooks/inventory", {
        event: "stock.received",
        items: [
          { default_code: "  mug-white ", quantity: 75.0, location_id: false, odoo_product_id: [7, "Mug"] },
          { sku: "NO-SUCH-SKU", quantity: 1 },
          { sku: "SHIRT-S", quantity: -1, adjustment_type: "absolute" },
          { sku: "SHIRT-S", quantity: 1.5 },
          { sku: "SHIRT-S", quantity: 3, warehouse_name: "The moon" },
          { sku: "SHIRT-M", quantity: 9, warehouse_name: "main warehouse" },
          "nonsense",
        ],
      })
      expect(status).toBe(200)
      expect(data.summary).toEqual({ total: 7, processed: 4, failed: 2, not_found: 1 })
      expect(data.results.map((result: { status: string }) => result.status)).toEqual([
        "success", "not_found", "success", "success", "failed", "success", "failed",
      ])
      expect(data.results[2]).toMatchObject({ new_quantity: 0, oversold_by: 1 })
      expect(data.results[3]).toMatchObject({ new_quantity: 1, rounded_from: 1.5 })
      expect(data.results[4].error).toBe("there is no stock location named The moon")
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(75)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(9)
    })

    it("refuses an unknown event and lists the known ones", async () => {
      const { status, data } = await push([{ sku: "SHIRT-M", quantity: 1 }], "inventory.exploded")
      expect(status).toBe(400)
      expect(data.error.code).toBe("VALIDATION_ERROR")
      expect(data.error.details.issues[0].path).toBe("event_type")
      expect(data.error.message).toContain("inventory.adjustment")
    })

    it("says what the inventory module says when a level is written, and nothing where nothing differs", async () => {
      const seen: string[] = []
      const bus = bench.container.resolve("event_bus")
      for (const name of ["inventory.inventory-level.updated", "inventory-level.updated"]) {
        bus.subscribe(name, () => Promise.resolve(void seen.push(name)), { subscriberId: `test-${name}` })
      }
      await push([{ sku: "SHIRT-M", quantity: 13 }])
      await waitFor("both were said", () => seen.length >= 2)
      expect(seen.sort()).toEqual(["inventory-level.updated", "inventory.inventory-level.updated"])
      const { data } = await push([{ sku: "SHIRT-M", quantity: 13 }])
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(data.success).toBe(true)
      expect(seen).toHaveLength(2)
    })

    it("loses no sale that happens at the same moment", async () => {
      const inventory = bench.container.resolve("inventory")
      const { inventoryItemId } = bench.shop.variants["SHIRT-M"]!
      const locking = bench.container.resolve("locking")
      const sell = () =>
        locking.execute(inventoryItemId, () => inventory.adjustInventory(inventoryItemId, bench.shop.locationId, -1))
      await Promise.all(
        Array.from({ length: 10 }, () => [
          sell(),
          push([{ sku: "SHIRT-M", quantity: -1, adjustment_type: "delta" }]),
        ]).flat()
      )
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(30)
    })
  })

  describe("a push that meets sales which want its items in another order", () => {
    it("gives way, and leaves no item locked", async () => {
      const [a = "", b = ""] = ["SHIRT-M", "SHIRT-S"].map((sku) => bench.shop.variants[sku]!.inventoryItemId)
      const locking = bench.container.resolve("locking")
      const hold = (keys: string[], ms: number) =>
        locking.execute(keys, () => new Promise<void>((resolve) => setTimeout(resolve, ms)))
      const first = hold([b], 800)
      const second = hold([b, a], 10)
      const pushed = push([
        { sku: "SHIRT-M", quantity: 1 },
        { sku: "SHIRT-S", quantity: 1 },
      ])
      await Promise.all([first, second])
      expect((await pushed).data.success).toBe(true)
      await hold([a, b], 1)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(1)
    })
  })

  describe("POST /odoo/inventory/bulk-update", () => {
    it("sets the stock of each SKU and counts what became of them", async () => {
      const { status, data } = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [
          { sku: "SHIRT-S", quantity: 7 },
          { sku: "SHIRT-M", quantity: 50, location_id: bench.shop.locationId },
          { sku: "NO-SUCH-SKU", quantity: 1 },
          { sku: "MUG-WHITE", quantity: 4, location_id: "sloc_nowhere" },
        ],
      })
      expect(status).toBe(200)
      expect(data).toEqual({
        success: false,
        results: {
          total: 4,
          updated: 2,
          unchanged: 1,
          not_found: 1,
          errors: [
            { index: 2, sku: "NO-SUCH-SKU", code: "SKU_NOT_FOUND", message: "no stock record has this SKU" },
            { index: 3, sku: "MUG-WHITE", code: "NOT_FOUND", message: "there is no stock location sloc_nowhere" },
          ],
        },
      })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(7)
    })

    it("makes a level where an item had none at the location, and asks which one where it can not be told", async () => {
      const [second] = await bench.container.resolve("stock_location").createStockLocations([{ name: "Second" }])
      const vague = await bench.client.post("/odoo/inventory/bulk-update", { items: [{ sku: "SHIRT-S", quantity: 7 }] })
      expect(vague.status).toBe(400)
      expect(vague.data.error.details.locations).toHaveLength(2)
      const { data } = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [{ sku: "SHIRT-S", quantity: 7, location_id: second!.id }],
      })
      expect(data.success).toBe(true)
      const level = await bench.container
        .resolve("inventory")
        .retrieveInventoryLevelByItemAndLocation(bench.shop.variants["SHIRT-S"]!.inventoryItemId, second!.id)
      expect(level.stocked_quantity).toBe(7)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(50)
    })
  })

  describe("a push of a thousand SKUs", () => {
    /** The statements that it takes to set so many SKUs, each time to another count. */
    const statementsOf = (count: number, quantities: number[]) => {
      const counts = [...quantities]
      return leastStatements(async () => {
        const quantity = counts.shift()
        const items = variants.slice(0, count).map(({ sku }) => ({ sku, quantity, adjustment_type: "absolute" }))
        const { data } = await push(items)
        expect(data).toMatchObject({ success: true, summary: { total: count, processed: count } })
      })
    }

    it("answers in one request, the shop follows, and the number of SQL statements does not grow with it", async () => {
      const hundred = await statementsOf(100, [6, 7, 8])
      const thousand = await statementsOf(1_000, [7, 8, 9])
      expect(hundred).toBeGreaterThan(0)
      expect(thousand - hundred).toBeLessThanOrEqual(3)
      expect(await bench.shopper.availabilityOf("BULK-0999")).toBe(9)
      const { data } = await bench.client.post("/odoo/inventory/bulk-update", {
        items: variants.map(({ sku }) => ({ sku, quantity: 9 })),
      })
      expect(data.results).toMatchObject({ updated: 1_000, unchanged: 1_000, errors: [] })
    })
  })
})
