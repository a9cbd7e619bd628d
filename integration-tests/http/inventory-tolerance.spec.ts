import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { OdooOptions } from "../../src/modules/odoo/options"
import { leastStatements } from "../support/statements"
import { KUWAIT_SHOP } from "../support/shop"
import { shopSuite } from "../support/suite"

const PINS = Array.from({ length: 200 }, (_, index) => ({ title: `No. ${String(index)}`, sku: `PIN-${String(index)}`, price: 1 }))

const SHOP = { ...KUWAIT_SHOP, products: [...KUWAIT_SHOP.products, { title: "Pins", handle: "pins", variants: PINS }] }

shopSuite({ shop: SHOP }, (bench) => {
  const push = async (items: object[], event_type = "inventory.updated") => {
    const { status, data } = await bench.client.post("/odoo/webhooks/inventory", { event_type, items })
    expect(status).toBe(200)
    return data.results
  }

  const change = (sku: string, quantity: number) => push([{ sku, quantity, adjustment_type: "delta" }], "inventory.adjustment")

  const levelOf = async (sku: string, locationId = bench.shop.locationId) => {
    const [level] = await bench.container
      .resolve(Modules.INVENTORY)
      .listInventoryLevels({ inventory_item_id: bench.shop.variants[sku]!.inventoryItemId, location_id: locationId })
    return level && { stocked: level.stocked_quantity, reserved: level.reserved_quantity }
  }

  const database = () => bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)

  /** Has the shop run with other options for the rest of a test. */
  const withOptions = (options: Partial<OdooOptions>) => jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, ...options })

  afterEach(() => {
    jest.restoreAllMocks()
  })

  describe("a count below zero, because Odoo has delivered more than it had", () => {
    it("leaves nothing for sale, and every push says how many are oversold", async () => {
      const item = { sku: "SHIRT-S", quantity: -3.0 }
      const refill = () => bench.client.post("/odoo/inventory/update", { sku: "SHIRT-S", quantity: 12 })
      const said = { previous_quantity: 12, new_quantity: 0, oversold_by: 3 }

      await refill()
      expect(await push([item])).toEqual([{ sku: "SHIRT-S", status: "success", ...said }])
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(0)

      await refill()
      expect((await bench.client.post("/odoo/inventory/update", item)).data).toMatchObject({ success: true, ...said })

      await refill()
      const { data: bulk } = await bench.client.post("/odoo/inventory/bulk-update", { items: [{ sku: "SHIRT-M", quantity: 50 }, item] })
      expect(bulk).toMatchObject({ success: true, results: { updated: 2, errors: [] } })
      expect(bulk.results.oversold).toEqual([{ index: 1, sku: "SHIRT-S", location_id: bench.shop.locationId, oversold_by: 3 }])

      await refill()
      const { data: sync } = await bench.client.post("/odoo/inventory", { items: [item] })
      expect(sync.results).toEqual([{ sku: "SHIRT-S", status: "synced", ...said }])

      await refill()
      const { data: batch } = await (await bench.admin()).post("/admin/inventory/batch-update", { updates: [{ sku: "SHIRT-S", stocked_quantity: -3 }] })
      expect(batch.results).toEqual([{ sku: "SHIRT-S", status: "updated", stocked_quantity: 0, oversold_by: 3 }])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 0, reserved: 0 })
    })

    it("says it again where there is none already, and adds what shoppers have reserved", async () => {
      await push([{ sku: "SHIRT-S", quantity: 0 }])
      expect(await push([{ sku: "SHIRT-S", quantity: -3 }])).toEqual([
        { sku: "SHIRT-S", status: "success", previous_quantity: 0, new_quantity: 0, oversold_by: 3 },
      ])
      await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }])
      expect(await push([{ sku: "SHIRT-M", quantity: -3 }])).toMatchObject([{ new_quantity: 0, oversold_by: 5 }])
    })

    it("of what is for sale leaves what is reserved, and no more", async () => {
      await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }])
      for (const previous of [50, 2]) {
        expect(await push([{ sku: "SHIRT-M", free_qty: -3 }])).toMatchObject([{ previous_quantity: previous, new_quantity: 2, oversold_by: 3 }])
      }
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(0)
    })
  })

  describe("a count of parts of a piece", () => {
    it("is rounded down, and every push says so", async () => {
      const item = { sku: "SHIRT-S", quantity: 7.5 }
      const said = { new_quantity: 7, rounded_from: 7.5 }
      expect(await push([item, { sku: "SHIRT-M", quantity: 12.000000000000002 }])).toEqual([
        { sku: "SHIRT-S", status: "success", previous_quantity: 50, ...said },
        { sku: "SHIRT-M", status: "success", previous_quantity: 50, new_quantity: 12 },
      ])
      // and again, where nothing changes by it
      expect(await push([item])).toEqual([{ sku: "SHIRT-S", status: "success", previous_quantity: 7, ...said }])
      expect((await bench.client.post("/odoo/inventory/update", item)).data).toMatchObject(said)
      const { data: bulk } = await bench.client.post("/odoo/inventory/bulk-update", { items: [item] })
      expect(bulk.results.rounded).toEqual([{ index: 0, sku: "SHIRT-S", location_id: bench.shop.locationId, rounded_from: 7.5 }])
      expect((await bench.client.post("/odoo/inventory", { items: [item] })).data.results).toMatchObject([said])
      const { data: batch } = await (await bench.admin()).post("/admin/inventory/batch-update", { updates: [item] })
      expect(batch.results).toEqual([{ sku: "SHIRT-S", status: "updated", stocked_quantity: 7, rounded_from: 7.5 }])
    })

    it("that came or went is refused, plainly, and the others are applied", async () => {
      const results = await push(
        [{ sku: "SHIRT-S", quantity: -1.5, adjustment_type: "delta" }, { sku: "SHIRT-M", quantity: "-1.0", adjustment_type: "delta" }],
        "inventory.adjustment"
      )
      expect(results).toMatchObject([
        { sku: "SHIRT-S", status: "failed", error: "quantity: must be a whole number, because the option fractionalQuantities is off" },
        { sku: "SHIRT-M", status: "success", new_quantity: 49 },
      ])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })

    it("is kept to the last digit where the shop counts them", async () => {
      withOptions({ fractionalQuantities: true })
      expect(await push([{ sku: "SHIRT-S", quantity: 2.5 }])).toEqual([{ sku: "SHIRT-S", status: "success", previous_quantity: 50, new_quantity: 2.5 }])
      for (const left of [2.4, 2.3, 2.2]) {
        expect(await change("SHIRT-S", -0.1)).toMatchObject([{ status: "success", new_quantity: left }])
      }
      expect(await change("SHIRT-S", -2.2)).toMatchObject([{ new_quantity: 0 }])
      expect(await change("SHIRT-S", -0.1)).toMatchObject([{ status: "failed", error: "insufficient_stock", new_quantity: 0 }])
      await change("SHIRT-S", 0.3)
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 0.3, reserved: 0 })
      const { data } = await bench.client.post("/odoo/inventory/compare", { items: [{ sku: "SHIRT-S", quantity: 0.3 }, { sku: "SHIRT-M", quantity: 49.9 }] })
      expect(data.differences).toMatchObject([{ sku: "SHIRT-M", odoo_quantity: 49.9, difference: -0.1 }])
    })
  })

  describe("a time that is ahead of the shop's clock", () => {
    const AHEAD = "2099-01-01 00:00:00"

    const error = expect.stringContaining("updated_at: must not be more than five minutes ahead of the shop's clock")

    it("is refused, and the counts and receipts of now are applied", async () => {
      const { data } = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [{ sku: "SHIRT-S", quantity: 3, updated_at: AHEAD }, { sku: "SHIRT-M", quantity: 3 }],
      })
      expect(data.results).toMatchObject({ updated: 1, errors: [{ index: 0, code: "VALIDATION_ERROR", message: error }] })
      const now = new Date().toISOString()
      expect(await push([{ sku: "SHIRT-S", quantity: 9, updated_at: AHEAD }, { sku: "SHIRT-S", quantity: 7, updated_at: now }])).toMatchObject([
        { status: "failed", error },
        { status: "success", new_quantity: 7 },
      ])
    })

    it("does no harm where an earlier version has stored it", async () => {
      const [item, minutesAgo] = [bench.shop.variants["SHIRT-S"]!.inventoryItemId, (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()]
      const store = (counted: string) =>
        database().raw(
          `INSERT INTO odoo_stock_statement (id, inventory_item_id, location_id, counted_at, on_hand_at, stated_at)
           VALUES ('osts_ahead', :item, :location, :counted, :counted, :ahead)
           ON CONFLICT (id) DO UPDATE SET counted_at = excluded.counted_at, on_hand_at = excluded.on_hand_at, stated_at = excluded.stated_at`,
          { item, location: bench.shop.locationId, counted, ahead: AHEAD }
        )
      const at = (minutes: number, quantity: number) => ({ sku: "SHIRT-S", quantity, updated_at: minutesAgo(minutes) })
      await store(AHEAD)
      expect(await push([{ ...at(30, 5), adjustment_type: "delta" }])).toMatchObject([{ status: "success", new_quantity: 55 }])
      await store(AHEAD)
      const { data } = await bench.client.post("/odoo/inventory/compare", { items: [at(20, 40)] })
      expect(data.differences[0].reasons).not.toContain("stale")
      expect(await push([at(20, 40)])).toMatchObject([{ status: "success", new_quantity: 40 }])
      // what was said before it, of a time that has been, still counts
      await store(minutesAgo(10))
      expect(await push([at(15, 30)])).toMatchObject([{ status: "stale", new_quantity: 40 }])
      expect(await push([at(5, 30)])).toMatchObject([{ status: "success", new_quantity: 30 }])
      expect(await push([at(6, 20)])).toMatchObject([{ status: "stale" }])
    })
  })

  describe("a place that Odoo names", () => {
    const makeLocation = async (name: string) => (await bench.container.resolve(Modules.STOCK_LOCATION).createStockLocations({ name })).id

    it("is found by its name, or by the option odoo.locations, in every push and in a comparison", async () => {
      const [south, north] = [await makeLocation("S/Stock"), await makeLocation("North")]
      withOptions({ odoo: { ...bench.odoo.options.odoo, locations: { 18: "north", "N/Stock": north } } })
      const items = [
        { default_code: "SHIRT-S", qty_available: 1, location_id: [8, "S/Stock"] },
        { sku: "SHIRT-M", quantity: 2, location_id: 18 },
        { sku: "MUG-WHITE", quantity: 3, location_id: [28, "N/Stock"], warehouse_id: [1, "S/Stock"] },
        { sku: "PIN-1", quantity: 4, warehouse_id: [2, "North"] },
        { sku: "PIN-2", quantity: 5, location_id: 9 },
        { sku: "PIN-3", quantity: 6, warehouse_id: 7 },
      ]
      const results = await push(items)
      expect(results.map(({ status, error }: { status: string; error?: string }) => error ?? status)).toEqual([
        "success", "success", "success", "success",
        "Odoo's location 9 is no stock location of the shop: say which one it is in the option odoo.locations",
        "Odoo's warehouse 7 is no stock location of the shop: say which one it is in the option odoo.locations",
      ])
      expect([await levelOf("SHIRT-S", south), await levelOf("SHIRT-M", north), await levelOf("MUG-WHITE", north), await levelOf("PIN-1", north)]).toMatchObject(
        [1, 2, 3, 4].map((stocked) => ({ stocked }))
      )
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
      const { data } = await bench.client.post("/odoo/inventory/compare", { items })
      expect(data.summary).toMatchObject({ equal: 4, failed: 2, reasons: { unknown_location: 2 } })
    })

    it("that is mapped to nothing is told of when the shop boots, and by the item", async () => {
      withOptions({ odoo: { ...bench.odoo.options.odoo, locations: { 8: "sloc_gone", 18: bench.shop.locationName.toUpperCase() } } })
      const warn = jest.spyOn(bench.container.resolve(ContainerRegistrationKeys.LOGGER), "warn").mockImplementation(() => undefined)
      await bench.odoo.__hooks.onApplicationStart()
      expect(warn.mock.calls).toEqual([[expect.stringMatching(/^odoo: the option odoo\.locations leads to sloc_gone, which is neither/)]])
      expect(await push([{ sku: "SHIRT-S", quantity: 1, location_id: 8 }, { sku: "SHIRT-S", quantity: 2, location_id: 18 }])).toMatchObject([
        { status: "failed", error: "the option odoo.locations leads to sloc_gone, which is no stock location of the shop" },
        { status: "success", new_quantity: 2 },
      ])
    })
  })

  describe("a product that is named by Odoo's id alone", () => {
    /** Has Odoo push products with its ids, 1 for PIN-0 and so on. */
    const linkPins = async (count: number) => {
      const products = PINS.slice(0, count).map(({ sku }, index) => ({ sku, odoo_product_id: index + 1 }))
      const { data } = await bench.client.post("/odoo/products/bulk", { products })
      expect(data.results).toMatchObject({ failed: 0 })
    }

    it("is the variant that stores the id, in every push and in a comparison", async () => {
      await linkPins(3)
      const items = [{ odoo_product_id: 1, quantity: 5 }, { odoo_product_id: [2, "Pin"], quantity: 6 }, { product_id: [3, "[PIN-2] Pin"], quantity: 7, default_code: false }]
      expect(await push(items)).toMatchObject([
        { sku: "PIN-0", status: "success", new_quantity: 5 },
        { sku: "PIN-1", status: "success", new_quantity: 6 },
        { sku: "PIN-2", status: "success", new_quantity: 7 },
      ])
      expect(await bench.shopper.availabilityOf("PIN-2")).toBe(7)
      const one = await bench.client.post("/odoo/inventory/update", { odoo_product_id: 1, quantity: 8 })
      expect(one.data).toMatchObject({ success: true, sku: "PIN-0", previous_quantity: 5, new_quantity: 8 })
      const { data } = await bench.client.post("/odoo/inventory/compare", { items })
      expect(data.differences).toMatchObject([{ index: 0, sku: "PIN-0", odoo_quantity: 5, stocked_quantity: 8 }])
    })

    it("has been given another SKU in Odoo: its stock is found all the same", async () => {
      await linkPins(1)
      const { data } = await bench.client.post("/odoo/inventory", { items: [{ sku: "PIN-NEW", odoo_product_id: 1, quantity: 5 }] })
      expect(data.results).toEqual([{ sku: "PIN-NEW", status: "synced", previous_quantity: 50, new_quantity: 5 }])
      expect(await bench.odoo.listOdooStockRecords({})).toEqual([])
      expect(await bench.shopper.availabilityOf("PIN-0")).toBe(5)
    })

    it("is unknown, and said to be, where no variant or several store the id", async () => {
      for (const sku of ["SHIRT-S", "SHIRT-M"]) {
        await bench.container.resolve(Modules.PRODUCT).updateProductVariants(bench.shop.variants[sku]!.id, { metadata: { odoo_id: 7 } })
      }
      const error = (id: number) => `no variant with a stock of its own stores the id ${String(id)} of Odoo`
      expect(await push([{ odoo_product_id: 7, quantity: 5 }, { odoo_product_id: 8, quantity: 5 }, { sku: "MUG-WHITE", odoo_product_id: 8, quantity: 5 }])).toMatchObject([
        { sku: "", status: "not_found", error: error(7) },
        { sku: "", status: "not_found", error: error(8) },
        { sku: "MUG-WHITE", status: "success", new_quantity: 5 },
      ])
      const { data } = await bench.client.post("/odoo/inventory", { items: [{ odoo_product_id: 8, quantity: 5, title: "Mug" }] })
      expect(data.results).toMatchObject([{ status: "not_found" }])
      expect(await bench.odoo.listOdooStockRecords({})).toEqual([])
    })

    it("costs one statement more, however many there are", async () => {
      await linkPins(200)
      const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9]
      const statementsOf = (count: number, name: (index: number) => object) =>
        leastStatements(async () => {
          const quantity = counts.shift() ?? 0
          await push(PINS.slice(0, count).map((_, index) => ({ ...name(index), quantity })))
        })
      const few = await statementsOf(10, (index) => ({ odoo_product_id: index + 1 }))
      const many = await statementsOf(200, (index) => ({ odoo_product_id: index + 1 }))
      expect(many - few).toBeLessThanOrEqual(1)
    })
  })
})
