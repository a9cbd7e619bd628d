import { pricesOf, variantsBySku } from "../support/catalogue"
import { shopSuite } from "../support/suite"

shopSuite({}, (bench) => {
  const tell = (product: object, event_type = "product.updated") => bench.client.post("/odoo/webhooks/products", { event_type, product })
  const find = async (sku: string) => (await variantsBySku(bench.container, [sku]))[sku]!

  describe("POST /odoo/webhooks/products", () => {
    it("brings a product up to date, clears what Odoo has emptied, and wipes nothing that it does not carry", async () => {
      const before = await find("SHIRT-S")
      const { status, data } = await tell({
        odoo_id: 7, sku: "SHIRT-S", name: "Linen shirt", list_price: 6.125, standard_price: 2, weight: 0.2,
        category_name: "Clothes / Shirts", active: true, qty_available: 30, barcode: false, description: false,
      })
      expect([status, data]).toEqual([
        200, { success: true, action: "updated", product: { variant_id: before.id, product_id: before.product.id, sku: "SHIRT-S" } },
      ])
      const shirt = await find("SHIRT-S")
      expect(shirt).toMatchObject({ barcode: null, weight: 200, product: { title: "Linen shirt", status: "published", handle: "cotton-shirt" } })
      expect(pricesOf(shirt)).toEqual({ kwd: 6.125 })
      expect(shirt.product.categories.map(({ name }) => name)).toEqual(["Shirts"])
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(30)
    })

    it("says unchanged where nothing differs, and follows stock alone", async () => {
      const product = { odoo_id: 7, sku: "MUG-WHITE", name: "Coffee mug", list_price: 1.255, qty_available: 50 }
      expect((await tell(product)).data.action).toBe("updated")
      expect((await tell(product)).data.action).toBe("unchanged")
      expect((await tell({ ...product, qty_available: -2 })).data).toMatchObject({ action: "updated", oversold_by: 2 })
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(0)
    })

    it("does not publish a product that is not in the catalogue: its stock waits for a variant", async () => {
      const { status, data } = await tell({ odoo_id: 9, sku: "VASE-1", name: "Vase", list_price: 9, qty_available: 4 }, "product.created")
      expect([status, data]).toEqual([200, { success: true, action: "inventory_created", message: expect.stringContaining("VASE-1"), sku: "VASE-1" }])
      expect(await find("VASE-1")).toBeUndefined()
      expect((await tell({ odoo_id: 9, sku: "VASE-1", name: "Vase" })).data.action).toBe("inventory_created")
      await bench.client.post("/odoo/products", { sku: "VASE-1", title: "Vase", price: 9000 })
      expect(await bench.shopper.availabilityOf("VASE-1")).toBe(4)
    })

    it("takes a negative stock of an unknown product for none, and forgets it when the product is deleted", async () => {
      await tell({ odoo_id: 9, sku: "VASE-2", name: "Vase", qty_available: -5 })
      const { data } = await bench.client.post("/odoo/inventory/bulk-update", { items: [{ sku: "VASE-2", quantity: 0 }] })
      expect(data.results).toMatchObject({ unchanged: 1, not_found: 0 })
      expect((await tell({ odoo_id: 9, sku: "VASE-2" }, "product.deleted")).data.action).toBe("deleted")
      const unknown = await tell({ odoo_id: 10, sku: "NEVER-SEEN" }, "product.deleted")
      expect([unknown.status, unknown.data.action]).toEqual([200, "unchanged"])
    })

    it("takes a deleted product out of the shop, and brings back what it was", async () => {
      const gone = await tell({ odoo_id: 7, sku: "MUG-WHITE" }, "product.deleted")
      expect(gone.data.action).toBe("deleted")
      expect((await find("MUG-WHITE")).product.status).toBe("draft")
      await expect(bench.shopper.availabilityOf("MUG-WHITE")).rejects.toThrow("does not show")
      expect((await tell({ odoo_id: 7, sku: "MUG-WHITE" }, "product.deleted")).data.action).toBe("deleted")
      const back = await tell({ odoo_id: 7, sku: "MUG-WHITE", name: "Coffee mug", active: true })
      expect(back.data.action).toBe("updated")
      const mug = await find("MUG-WHITE")
      expect(mug.product.status).toBe("published")
      expect([mug.metadata, mug.product.metadata].every((metadata) => !Object.hasOwn(metadata ?? {}, "odoo_archived"))).toBe(true)
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(50)
    })

    it("leaves a product in the shop while one of its variants is there", async () => {
      await bench.client.post("/odoo/products", { sku: "SHIRT-S", inventory: { allow_backorder: true } })
      await tell({ sku: "SHIRT-S", active: false })
      const shirt = await find("SHIRT-S")
      expect(shirt).toMatchObject({ allow_backorder: false, product: { status: "published" } })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(0)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(50)
      await tell({ sku: "SHIRT-M", active: false })
      expect((await find("SHIRT-S")).product.status).toBe("draft")
      await tell({ sku: "SHIRT-S", active: true, qty_available: 8 })
      expect(await find("SHIRT-S")).toMatchObject({ allow_backorder: true, product: { status: "published" } })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(8)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(0)
    })

    it("does not overwrite stock that was counted while the product was away", async () => {
      await tell({ sku: "MUG-WHITE", active: false })
      await bench.client.post("/odoo/inventory/bulk-update", { items: [{ sku: "MUG-WHITE", quantity: 3 }] })
      await tell({ sku: "MUG-WHITE", active: true })
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(3)
    })

    it("takes a product out again that others have brought back, and remembers what they have made of it", async () => {
      await tell({ sku: "MUG-WHITE", active: false })
      await bench.client.post("/odoo/products", { sku: "MUG-WHITE", status: "published", inventory: { quantity: 4 } })
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(4)
      expect((await tell({ sku: "MUG-WHITE" }, "product.deleted")).data.action).toBe("deleted")
      expect((await find("MUG-WHITE")).product.status).toBe("draft")
      await bench.container.resolve("product").updateProducts((await find("MUG-WHITE")).product.id, { status: "published" })
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(0)
      expect((await tell({ sku: "MUG-WHITE" }, "product.deleted")).data.action).toBe("deleted")
      expect((await find("MUG-WHITE")).product.status).toBe("draft")
      await tell({ sku: "MUG-WHITE", active: true })
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(4)
    })

    it("empties the stock of a variant again that a count has filled while it was away", async () => {
      await tell({ sku: "SHIRT-S", active: false })
      await bench.client.post("/odoo/webhooks/inventory", { event_type: "inventory.updated", items: [{ sku: "SHIRT-S", quantity: 5, adjustment_type: "absolute" }] })
      expect((await tell({ sku: "SHIRT-S", active: false })).data.action).toBe("deleted")
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(0)
    })

    it("does not bring back stock that was counted as none while the product was away", async () => {
      await tell({ sku: "MUG-WHITE", active: false })
      await bench.client.post("/odoo/inventory/update", { sku: "MUG-WHITE", quantity: 0, updated_at: new Date().toISOString() })
      await tell({ sku: "MUG-WHITE", active: true })
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(0)
    })

    it("keeps a product without a word about its stock in a shop with several locations, and empties all of them", async () => {
      const [second] = await bench.container.resolve("stock_location").createStockLocations([{ name: "Second warehouse" }])
      const location_id = second?.id ?? ""
      const made = await tell({ odoo_id: 11, sku: "ML-1", name: "Lamp", list_price: 4 }, "product.created")
      expect([made.status, made.data.action]).toEqual([200, "inventory_created"])
      const counted = await tell({ odoo_id: 11, sku: "ML-1", name: "Lamp", qty_available: 57 })
      expect(counted.data).toMatchObject({ action: "inventory_created", stock: "skipped", reason: expect.stringContaining("location") })
      await bench.client.post("/odoo/inventory/update", { sku: "ML-1", quantity: 5, location_id })
      await bench.client.post("/odoo/inventory/update", { sku: "ML-1", quantity: 2, location_id: bench.shop.locationId })
      const gone = await tell({ odoo_id: 11, sku: "ML-1" }, "product.deleted")
      expect([gone.status, gone.data.action]).toEqual([200, "deleted"])
      const emptied = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [location_id, bench.shop.locationId].map((id) => ({ sku: "ML-1", quantity: 0, location_id: id })),
      })
      expect(emptied.data.results).toMatchObject({ unchanged: 2, not_found: 0 })
    })

    it("finds a product by its link where the SKU is not there", async () => {
      await tell({ odoo_id: 7, sku: "MUG-WHITE" })
      const { data } = await tell({ id: 7, default_code: false, name: "Tea mug", active: true })
      expect(data).toMatchObject({ action: "updated", product: { sku: "MUG-WHITE" } })
      const lost = await tell({ id: 8, default_code: false, name: "Tea mug" })
      expect([lost.status, lost.data.error.details.issues[0].path]).toEqual([400, "sku"])
    })

    it("refuses an unknown event and a product about which nothing can be told", async () => {
      for (const body of [
        { event_type: "product.exploded", product: { sku: "MUG-WHITE" } },
        { event_type: "product.updated", product: {} },
        { event_type: "product.updated", product: { sku: "MUG-WHITE", list_price: -1 } },
        { event_type: "product.updated", product: { sku: "MUG-WHITE", qty_available: "many" } },
        { event_type: "product.updated", product: [] },
        {},
      ]) {
        const { status, data } = await bench.client.post("/odoo/webhooks/products", body)
        expect([body, status, data.error?.code]).toEqual([body, 400, "VALIDATION_ERROR"])
      }
    })
  })
})
