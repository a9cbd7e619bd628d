import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { pricesOf, variantsBySku } from "../support/catalogue"
import { shopSuite } from "../support/suite"

shopSuite({ env: { ODOO_CREATE_PRODUCTS_FROM_WEBHOOKS: "true", ODOO_LOCATIONS: "8=Second warehouse" } }, (bench) => {
  const push = async (body: object) => (await bench.client.post("/odoo/products", body)).data
  const bulk = async (products: object[], more: object = {}) => (await bench.client.post("/odoo/products/bulk", { products, ...more })).data.results
  const tell = async (product: object) => (await bench.client.post("/odoo/webhooks/products", { event_type: "product.updated", product })).data
  const find = async (sku: string) => (await variantsBySku(bench.container, [sku]))[sku]!

  const buy = async (sku: string) => {
    const { id, title } = await find(sku)
    bench.shop.variants[sku] = { id, title, inventoryItemId: "" }
    return await bench.shopper.buy([{ sku, quantity: 1 }])
  }

  /** What lies at each stock location of an article, by the location's name. */
  const stockOf = async (sku: string) => {
    const { rows } = await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: { name: string; quantity: string }[] }>(
      `SELECT location.name, level.stocked_quantity AS quantity FROM inventory_level AS level
       JOIN stock_location AS location ON location.id = level.location_id
       JOIN inventory_item AS item ON item.id = level.inventory_item_id
       WHERE item.sku = :sku AND level.deleted_at IS NULL`,
      { sku }
    )
    return Object.fromEntries(rows.map(({ name, quantity }) => [name, Number(quantity)]))
  }

  const secondWarehouse = async () => {
    const [second] = await bench.container.resolve(Modules.STOCK_LOCATION).createStockLocations([{ name: "Second warehouse" }])
    return second?.id ?? ""
  }

  describe("a product that a push makes", () => {
    it("can be bought where an older default shipping profile has no shipping option", async () => {
      const older = await bench.container.resolve(Modules.FULFILLMENT).createShippingProfiles({ name: "Made by a migration", type: "default" })
      await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw("UPDATE shipping_profile SET created_at = '2020-01-01' WHERE id = :id", { id: older.id })
      const answer = await push({ sku: "SHIP-1", title: "Vase", price: 1000, inventory: { quantity: 3 } })
      expect(answer).not.toHaveProperty("warnings")
      expect((await buy("SHIP-1")).total).toBeGreaterThan(1)
    })

    it("says that it can not be bought where no default shipping profile has a shipping option", async () => {
      const fulfillment = bench.container.resolve(Modules.FULFILLMENT)
      await fulfillment.deleteShippingOptions(bench.shop.shippingOptionId)
      const because = [expect.stringContaining("has no shipping option")]
      const made = { title: "Vase", price: 1000 }
      expect(await push({ sku: "SHIP-2", ...made })).toMatchObject({ success: true, product: { created: true }, warnings: because })
      expect(await push({ sku: "SHIP-2", ...made })).not.toHaveProperty("warnings")
      expect(await tell({ sku: "SHIP-3", name: "Vase", list_price: 1 })).toMatchObject({ action: "created", warnings: because })
      const variants = ["S", "M"].map((size) => ({ sku: `SHIP-${size}`, ...made, odoo_product_tmpl_id: 8, attributes: { Size: size } }))
      expect(await bulk([...variants, { sku: "SHIP-4", ...made }])).toMatchObject({
        created: 3, notes: [{ index: 0, sku: "SHIP-S", warnings: because }, { index: 2, sku: "SHIP-4", warnings: because }],
      })
    })

    it("says so of a variant that comes later too, by the shipping profile and the sales channels that its product has", async () => {
      const fulfillment = bench.container.resolve(Modules.FULFILLMENT)
      const size = (sku: string, more: object = {}) => ({ sku, title: "Vase", price: 1000, odoo_product_tmpl_id: 9, attributes: { Size: sku }, ...more })
      await push(size("LATER-1"))
      expect(await push(size("LATER-2"))).not.toHaveProperty("warnings")
      const { product } = await find("LATER-1")
      const own = await fulfillment.createShippingProfiles({ name: "Bulky goods", type: "custom" })
      const link = bench.container.resolve(ContainerRegistrationKeys.LINK)
      const profileOf = (id: string) => ({ [Modules.PRODUCT]: { product_id: product.id }, [Modules.FULFILLMENT]: { shipping_profile_id: id } })
      await link.dismiss(profileOf(product.shipping_profile?.id ?? ""))
      await link.create(profileOf(own.id))
      const because = { warnings: [expect.stringContaining('"Bulky goods" has no shipping option')] }
      expect(await push(size("LATER-3"))).toMatchObject({ product: { created: true }, ...because })
      expect(await bulk([size("LATER-4"), size("LATER-5"), size("LATER-1", { price: 2000 })])).toMatchObject({ created: 2, notes: [{ index: 0, sku: "LATER-4", ...because }] })
      await link.dismiss({ [Modules.PRODUCT]: { product_id: product.id }, [Modules.SALES_CHANNEL]: { sales_channel_id: product.sales_channels[0]?.id ?? "" } })
      expect(await push(size("LATER-6"))).toMatchObject({ product: { created: true }, warnings: [expect.stringContaining("sales channel")] })
    })
  })

  describe("a quantity in a shop with two stock locations", () => {
    it("is left alone where nothing says at which of them, and the product is brought up to date", async () => {
      await secondWarehouse()
      const skipped = { stock: "skipped", reason: expect.stringContaining("location") }
      expect(await tell({ sku: "MUG-WHITE", name: "Tea mug", list_price: 2, qty_available: 57 })).toMatchObject({ success: true, action: "updated", ...skipped })
      const mug = await find("MUG-WHITE")
      expect([mug.product.title, pricesOf(mug), await stockOf("MUG-WHITE")]).toEqual(["Tea mug", { kwd: 2 }, { "Main warehouse": 50 }])
      expect(await push({ sku: "MUG-WHITE", price: 2500, inventory: { quantity: 57 } })).toMatchObject({ product: { updated: true }, ...skipped })
      expect(await bulk([{ sku: "SHIRT-S", price: 2500, qty_available: 57 }, { sku: "SHIRT-M", inventory: { quantity: 1, location_id: "nowhere" } }])).toMatchObject({
        updated: 1, unchanged: 1, failed: 0, notes: [{ index: 0, sku: "SHIRT-S", ...skipped }, { index: 1, sku: "SHIRT-M", ...skipped }],
      })
      expect(await stockOf("SHIRT-S")).toEqual({ "Main warehouse": 50 })
    })

    it("is set where it says, by the location's id, its name, or a mapped id of Odoo's", async () => {
      const second = await secondWarehouse()
      const places: [object, number][] = [[{ location_id: second }, 1], [{ warehouse_name: "second WAREHOUSE" }, 2], [{ warehouse_id: 8 }, 3], [{ location_id: [8, "WH/Stock"] }, 4]]
      for (const [place, quantity] of places) {
        const answer = await tell({ sku: "MUG-WHITE", qty_available: quantity, ...place })
        expect([place, answer]).toMatchObject([place, { action: "updated" }])
        expect(answer).not.toHaveProperty("stock")
        expect(await stockOf("MUG-WHITE")).toEqual({ "Main warehouse": 50, "Second warehouse": quantity })
      }
      await push({ sku: "MUG-WHITE", inventory: { quantity: 9, location_id: "8" } })
      expect((await stockOf("MUG-WHITE"))["Second warehouse"]).toBe(9)
    })
  })

  describe("a quantity as Odoo has it", () => {
    it("is none below zero, and whole pieces of a fraction, and the answer says so", async () => {
      expect(await push({ sku: "SHIRT-S", qty_available: -3.0 })).toMatchObject({ product: { updated: true }, oversold_by: 3 })
      expect(await tell({ sku: "SHIRT-S", qty_available: 2.7 })).toMatchObject({ action: "updated", rounded_from: 2.7 })
      expect(await bulk([{ sku: "SHIRT-S", inventory: { quantity: 12.000000000000002 } }, { sku: "SHIRT-M", inventory: { quantity: "-1" } }])).toMatchObject({
        updated: 2, failed: 0, notes: [{ index: 1, sku: "SHIRT-M", oversold_by: 1 }],
      })
      expect([await stockOf("SHIRT-S"), await stockOf("SHIRT-M")]).toEqual([{ "Main warehouse": 12 }, { "Main warehouse": 0 }])
    })

    it("is what is not sold yet as free_qty", async () => {
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
      expect(await push({ sku: "SHIRT-S", free_qty: 10 })).toMatchObject({ product: { updated: true } })
      expect(await stockOf("SHIRT-S")).toEqual({ "Main warehouse": 12 })
      expect(await push({ sku: "SHIRT-S", free_qty: 10 })).toMatchObject({ product: { updated: false } })
      expect(await push({ sku: "SHIRT-S", qty_available: 12, free_qty: 3 })).toMatchObject({ product: { updated: false } })
    })
  })

  describe("a quantity that the shop can not count", () => {
    it("is left alone, and the product is brought up to date", async () => {
      const skipped = { stock: "skipped", reason: expect.stringContaining("2147483647") }
      expect(await push({ sku: "SHIRT-S", title: "Linen shirt", qty_available: 3e9 })).toMatchObject({ product: { title: "Linen shirt", updated: true }, ...skipped })
      expect(await tell({ sku: "MUG-WHITE", name: "Tea mug", qty_available: "-3000000000" })).toMatchObject({ action: "updated", ...skipped })
      expect(await bulk([{ sku: "SHIRT-M", price: 2500, inventory: { quantity: 1e300 } }])).toMatchObject({ updated: 1, failed: 0, notes: [{ index: 0, sku: "SHIRT-M", ...skipped }] })
      expect([await stockOf("SHIRT-S"), await stockOf("SHIRT-M"), await stockOf("MUG-WHITE")]).toEqual(Array(3).fill({ "Main warehouse": 50 }))
    })

    it("is set where its place is a reference without a name", async () => {
      const places = [{ warehouse_name: [7, false] }, { warehouse_name: [7, ""] }, { warehouse_name: [7] }, { location_id: [7, ""], warehouse_name: "Main warehouse" }, { warehouse_id: [7, " "] }]
      for (const place of places) {
        expect([place, await push({ sku: "SHIRT-S", title: `Shirt ${JSON.stringify(place)}`, qty_available: 9, ...place })]).toMatchObject([place, { product: { updated: true } }])
      }
      expect(await stockOf("SHIRT-S")).toEqual({ "Main warehouse": 9 })
    })
  })

  describe("active", () => {
    it("takes a product out of the shop and brings it back, pushed alone or in a bulk", async () => {
      expect(await push({ sku: "MUG-WHITE", active: false })).toMatchObject({ product: { updated: true } })
      expect([(await find("MUG-WHITE")).product.status, await stockOf("MUG-WHITE")]).toEqual(["draft", { "Main warehouse": 0 }])
      expect(await bulk([{ sku: "MUG-WHITE", active: true, title: "Coffee mug" }])).toMatchObject({ updated: 1 })
      expect((await find("MUG-WHITE")).product.status).toBe("published")
      expect(await bench.shopper.availabilityOf("MUG-WHITE")).toBe(50)
      expect(await bulk([{ sku: "MUG-WHITE", active: true, title: "Coffee mug" }])).toMatchObject({ unchanged: 1 })
      expect(await bulk([{ sku: "MUG-WHITE", active: "False" }], { dry_run: true })).toMatchObject({ updated: 1 })
    })

    it("makes nothing of a product that is archived in Odoo and was never in the shop, and empties what is kept of it", async () => {
      await bench.client.post("/odoo/inventory", { items: [{ sku: "OLD-1", quantity: 5 }] })
      expect(await push({ sku: "OLD-1", title: "Old", price: 1000, active: false })).toMatchObject({ success: true, product: { id: null, sku: "OLD-1", created: false, updated: false } })
      expect(await bulk([{ sku: "OLD-1", title: "Old", price: 1000, active: false }])).toMatchObject({ unchanged: 1, failed: 0 })
      expect(await find("OLD-1")).toBeUndefined()
      expect(await push({ sku: "OLD-1", title: "Old", price: 1000, active: true })).toMatchObject({ product: { created: true } })
      expect(await bench.shopper.availabilityOf("OLD-1")).toBe(0)
    })
  })

  describe("what Odoo sends empty", () => {
    const FULL = {
      sku: "FULL-1", title: "Lamp", title_ar: "مصباح", description: "Bends.", price: 1000, compare_at_price: 2000, cost_price: 500, weight: 5, barcode: "6291041500299",
      hs_code: "9405", origin_country: "kw", categories: ["Lamps"], brand: "Lumen", tags: ["new"], images: ["https://img.example.com/a.png"],
      translations: { fr: { title: "Lampe", description: "Elle plie." } },
    }

    it.each([[false], [""], ["  "]])("clears what a product can be without: %j", async (empty) => {
      await push(FULL)
      const cleared = {
        sku: "FULL-1", title_ar: empty, description_sale: empty, compare_list_price: empty, standard_price: empty, weight: empty, barcode: empty, hs_code: empty,
        origin_country: empty, brand: empty, tags: empty, images: empty, translations: { fr: { title: empty } },
      }
      expect(await push(cleared)).toMatchObject({ product: { updated: true } })
      const lamp = await find("FULL-1")
      expect(lamp).toMatchObject({ barcode: null, weight: null, hs_code: null, origin_country: null, product: { title: "Lamp", description: null, thumbnail: null, images: [], tags: [] } })
      expect([lamp.metadata, lamp.product.metadata]).toEqual([{}, { translations: { fr: { description: "Elle plie." } } }])
      expect(await bulk([cleared])).toMatchObject({ unchanged: 1 })
    })

    it.each([[false], [""], ["  "], [null]])("leaves what a product must have as it is: %j", async (empty) => {
      await push(FULL)
      const unsaid = {
        sku: "FULL-1", name: empty, handle: empty, category_name: empty, category_handle: empty, categories: [empty, { handle: empty }], currency_code: empty, list_price: empty,
        price: empty, prices: [{ currency_code: "usd", amount: empty }], status: empty, weight_unit: empty, attributes: { Color: empty }, odoo_id: empty, product_tmpl_id: empty,
        inventory: { quantity: empty, location_id: empty, manage_inventory: null, allow_backorder: null }, metadata: empty, translations: empty,
      }
      expect([await push(unsaid), await bulk([unsaid])]).toMatchObject([{ success: true, product: { updated: false } }, { unchanged: 1 }])
      expect(await tell({ ...unsaid, odoo_id: 3, active: null, qty_available: empty })).toMatchObject({ success: true, action: "updated" })
      expect(await tell({ odoo_id: 3, sku: empty, category_name: empty })).toMatchObject({ action: "unchanged", product: { sku: "FULL-1" } })
      expect((await find("FULL-1")).product).toMatchObject({ title: "Lamp", handle: "lamp", categories: [{ name: "Lamps" }] })
    })

    it("gives up the bar code that Odoo has cleared, also of a product that is away", async () => {
      const old = { sku: "OLD-2", title: "Old", price: 1000 }
      await push({ ...old, barcode: "6291041500305" })
      await push({ ...old, active: false, barcode: "6291041500305" })
      expect(await push({ ...old, active: false, barcode: false })).toMatchObject({ product: { updated: true } })
      expect(await push({ ...old, active: false, barcode: false })).toMatchObject({ success: true })
      expect(await push({ sku: "NEW-2", title: "New", price: 1000, barcode: "6291041500305" })).toMatchObject({ product: { created: true } })
      const both = [{ sku: "NEW-2", active: false, barcode: "" }, { ...old, sku: "NEW-3", barcode: "6291041500305" }]
      expect(await bulk(both)).toMatchObject({ created: 1, updated: 1, failed: 0 })
      expect([(await find("OLD-2")).barcode, (await find("NEW-2")).barcode, (await find("NEW-3")).barcode]).toEqual([null, null, "6291041500305"])
    })

    it("is a reference without a name too", async () => {
      const { status, data } = await bench.client.post("/odoo/products", {
        default_code: "SHIRT-M", currency_id: 94, categ_id: 7, brand: 5, country_of_origin: 122, origin_country: 122, weight_unit: 12, uom_id: 1, tags: [4], product_tmpl_id: [7, "Shirt"],
      })
      expect([status, data.product.updated]).toEqual([200, true])
      expect((await find("SHIRT-M")).product.metadata).toEqual({ odoo_product_tmpl_id: 7 })
    })
  })

  describe("variants of one product with titles of their own", () => {
    const shirt = (size: string, title: string) => ({ odoo_product_id: size === "S" ? 1 : 2, odoo_product_tmpl_id: 30, sku: `SHIRT-${size}`, title, attributes: { Size: size } })

    it("do not change its title on each push: it is that of the oldest", async () => {
      const titles = []
      const updates = []
      for (const [size, title] of [["S", "Shirt"], ["M", "Blouse"], ["S", "Shirt"], ["M", "Blouse"], ["M", "Blouse"]] as const) {
        updates.push((await push(shirt(size, title))).product.updated)
        titles.push((await find("SHIRT-S")).product.title)
      }
      expect([titles, updates.slice(2)]).toEqual([Array(5).fill("Shirt"), [false, false, false]])
      expect(await bulk([shirt("M", "Blouse"), shirt("S", "Shirt")])).toMatchObject({ unchanged: 2 })
    })

    it("do not change anything else of it either: its texts, its images, its handle, its metadata and its place in the shop are those of the oldest", async () => {
      const own = (size: string, id: number) => ({
        ...shirt(size, `Shirt ${size}`), description: `Fits ${size}.`, handle: `shirt-${size.toLowerCase()}`, images: [`https://img.example.com/${String(id)}.png`],
        title_ar: `قميص ${size}`, description_ar: `يناسب ${size}`, translations: { fr: { title: `Chemise ${size}` } }, brand: `Brand ${size}`, tags: [size],
        categories: [`Shirts of ${size}`], status: size === "S" ? "published" : "draft", metadata: { odoo_id: id, warranty_months: id },
      })
      const updates = []
      for (const [size, id] of [["S", 1], ["M", 2], ["S", 1], ["M", 2]] as const) {
        updates.push((await push(own(size, id))).product.updated)
      }
      expect(updates.slice(2)).toEqual([false, false])
      expect(await bulk([own("M", 2), own("S", 1)])).toMatchObject({ unchanged: 2 })
      expect((await find("SHIRT-M")).product).toMatchObject({
        title: "Shirt S", description: "Fits S.", handle: "shirt-s", status: "published", images: [{ url: "https://img.example.com/1.png" }], tags: [{ value: "S" }],
        categories: [{ name: "Shirts of S" }], metadata: { odoo_id: 1, warranty_months: 1, title_ar: "قميص S", brand: "Brand S", translations: { fr: { title: "Chemise S" } } },
      })
    })

    it("do not change it where all were made by one push: the first that was sent is the oldest", async () => {
      const sizes = ["S", "M", "L", "XL"]
      const products = Array.from({ length: 10 }, (_, template) => sizes.map((size) => ({
        odoo_product_tmpl_id: 100 + template, sku: `TEN-${String(template)}-${size}`, title: `Tee ${String(template)} ${size}`, price: 1000, attributes: { Size: size },
      }))).flat()
      expect(await bulk(products)).toMatchObject({ created: 40 })
      expect(await bulk(products)).toMatchObject({ unchanged: 40 })
      await push({ ...products[0], sku: "TEN-0-XXL", title: "Tee 0 XXL", attributes: { Size: "XXL" } })
      const { data } = await bench.container.resolve("query").graph({ entity: "product", fields: ["title", "variants.sku", "variants.variant_rank"], filters: { title: ["Tee 0 S", "Tee 9 S"] } })
      expect(data.map(({ title, variants }) => [title, [...variants].sort((one, other) => (one.variant_rank ?? 0) - (other.variant_rank ?? 0)).map(({ sku }) => sku)]).sort()).toEqual([
        ["Tee 0 S", [...sizes, "XXL"].map((size) => `TEN-0-${size}`)], ["Tee 9 S", sizes.map((size) => `TEN-9-${size}`)],
      ])
    })

    it("are not taken for the product's where they are Odoo's display names", async () => {
      await push(shirt("S", "[SHIRT-S] Shirt (S)"))
      expect((await find("SHIRT-S")).product.title).toBe("Shirt")
    })
  })
})
