import { attributesOf, pricesOf, variantsBySku } from "../support/catalogue"
import { leastStatements } from "../support/statements"
import { shopSuite } from "../support/suite"

/** A whole product, as a February client sends it. */
const LAMP = {
  odoo_product_id: 4711,
  sku: "LAMP-1",
  title: "Desk lamp",
  title_ar: "مصباح مكتب",
  description: "Bends.\nShines.",
  description_ar: "ينحني",
  price: 12500,
  compare_at_price: 15000,
  cost_price: 8000,
  prices: [{ currency_code: "USD", amount: 3999 }, { currency_code: "jpy", amount: 500 }],
  weight: 1.5,
  weight_unit: "kg",
  barcode: "6291041500299",
  hs_code: "9405.21",
  origin_country: "KW",
  category_handle: "desk-lamps",
  categories: ["Home / Lighting"],
  brand: "Lumen",
  tags: ["new", "light"],
  images: [
    { url: "https://img.example.com/b.png", position: 2 },
    { url: "https://img.example.com/a.png", position: 1 },
    { url: "https://img.example.com/c.png", position: 3, is_thumbnail: true },
  ],
  metadata: { shelf: "A7" },
  inventory: { quantity: 20 },
}

shopSuite({}, (bench) => {
  const push = (body: unknown) => bench.client.post("/odoo/products", body)
  const bulk = (products: unknown[], more: object = {}) => bench.client.post("/odoo/products/bulk", { products, ...more })
  const find = async (sku: string) => (await variantsBySku(bench.container, [sku]))[sku]!

  /** Lets the shopper know a variant that was pushed. */
  const meet = async (sku: string) => {
    const { id, title } = await find(sku)
    bench.shop.variants[sku] = { id, title, inventoryItemId: "" }
  }

  describe("POST /odoo/products", () => {
    it("makes a product that can be bought", async () => {
      const { status, data } = await push(LAMP)
      const lamp = await find("LAMP-1")
      expect([status, data]).toEqual([
        200,
        {
          success: true,
          product: { id: lamp.product.id, title: "Desk lamp", handle: "desk-lamp", variant_id: lamp.id, sku: "LAMP-1", created: true, updated: false },
        },
      ])
      expect(await bench.shopper.availabilityOf("LAMP-1")).toBe(20)
      await meet("LAMP-1")
      const order = await bench.shopper.buy([{ sku: "LAMP-1", quantity: 2 }])
      expect(order.total).toBe(26.5)
      expect(await bench.shopper.availabilityOf("LAMP-1")).toBe(18)
    })

    it("keeps all that was said", async () => {
      await push(LAMP)
      const { product, ...lamp } = await find("LAMP-1")
      expect(lamp).toMatchObject({
        barcode: "6291041500299", weight: 1500, hs_code: "9405.21", origin_country: "kw", manage_inventory: true, allow_backorder: false,
        metadata: { odoo_id: 4711, cost_price: 8000, compare_at_price: 15000 },
      })
      expect(pricesOf({ product, ...lamp })).toEqual({ kwd: 12.5, usd: 39.99, jpy: 500 })
      expect(product).toMatchObject({
        status: "published", description: "Bends.\nShines.", thumbnail: "https://img.example.com/c.png",
        metadata: {
          odoo_id: 4711, brand: "Lumen", cost_price: 8000, compare_at_price: 15000, shelf: "A7", title_ar: "مصباح مكتب", description_ar: "ينحني",
        },
        sales_channels: [{ id: bench.shop.salesChannelId }],
      })
      expect(product.images.map(({ url }) => url.slice(-5))).toEqual(["a.png", "b.png", "c.png"])
      expect(product.tags.map(({ value }) => value).sort()).toEqual(["light", "new"])
      expect(product.categories.map(({ name, handle }) => [name, handle]).sort()).toEqual([["Desk lamps", "desk-lamps"], ["Lighting", "lighting"]])
    })

    it("writes nothing where nothing differs", async () => {
      await push(LAMP)
      const before = await find("LAMP-1")
      const { data } = await push(LAMP)
      expect(data.product).toMatchObject({ created: false, updated: false })
      expect((await find("LAMP-1")).product.updated_at).toEqual(before.product.updated_at)
    })

    it("changes only what is sent", async () => {
      await push(LAMP)
      const { data } = await push({ sku: "LAMP-1", title: "Bench lamp", metadata: { shelf: null, row: 3 }, price: "11.000e3" })
      expect(data.error?.code).toBe("VALIDATION_ERROR")
      const changed = await push({ sku: "LAMP-1", title: "Bench lamp", metadata: { shelf: null, row: 3 }, price: "11000" })
      expect(changed.data.product).toMatchObject({ created: false, updated: true, handle: "desk-lamp" })
      const lamp = await find("LAMP-1")
      expect(pricesOf(lamp)).toEqual({ kwd: 11, usd: 39.99, jpy: 500 })
      expect(lamp.product.images).toHaveLength(3)
      expect(lamp.product.metadata).toMatchObject({ brand: "Lumen", row: 3, odoo_id: 4711 })
      expect(lamp.product.metadata).not.toHaveProperty("shelf")
      expect(lamp).toMatchObject({ barcode: "6291041500299", title: "Bench lamp" })
    })

    it("sets the images to exactly the list sent, and keeps those that stay", async () => {
      await push(LAMP)
      const before = (await find("LAMP-1")).product.images
      await push({ sku: "LAMP-1", images: [{ url: "https://img.example.com/d.png" }, { url: "https://img.example.com/a.png" }] })
      const { product } = await find("LAMP-1")
      expect(product.images.map(({ url }) => url.slice(-5))).toEqual(["d.png", "a.png"])
      expect(product.images[1]!.id).toBe(before[0]!.id)
      expect(product.thumbnail).toBe("https://img.example.com/d.png")
      await push({ sku: "LAMP-1", images: [] })
      expect((await find("LAMP-1")).product).toMatchObject({ images: [], thumbnail: null })
    })

    it("needs sku, title and price to make a product", async () => {
      for (const [body, path] of [
        [{ title: "A", price: 1 }, "sku"],
        [{ sku: "NEW-1", price: 1 }, "title"],
        [{ sku: "NEW-1", title: "A" }, "price"],
        [{ sku: "NEW-1", title: "A", price: 1.5 }, "price"],
        [{ sku: "NEW-1", title: "A", price: -1 }, "price"],
        [{ sku: "NEW-1", title: "A\u0000", price: 1 }, "title"],
        [{ sku: "NEW-1", title: "A", price: 1, description: "\ud800" }, "description"],
        [{ sku: "NEW-1", title: "A", price: 1, images: [{ url: "javascript:alert(1)" }] }, "images[0].url"],
        [{ sku: "NEW-1", title: "A", price: 1, inventory: { quantity: "many" } }, "inventory.quantity"],
        [{ sku: "NEW-1", title: "A", price: 1, metadata: { deep: ["\u0000"] } }, "metadata.deep"],
      ] as const) {
        const { status, data } = await bench.client.post("/odoo/products", JSON.stringify(body), { headers: { "content-type": "application/json" } })
        expect([body, status, data.error?.details.issues?.[0]?.path]).toEqual([body, 400, path])
      }
      expect(await find("NEW-1")).toBeUndefined()
    })

    it("makes what is missing of a nested category, and takes what is there", async () => {
      await push({ ...LAMP, category_handle: false, categories: ["Home / Lighting / Desk"] })
      await push({ sku: "LAMP-2", title: "Other", price: 1, categories: ["home / LIGHTING / Floor", [7, "Home / Lighting / Desk"]] })
      const { product } = await find("LAMP-2")
      expect(product.categories.map(({ name }) => name).sort()).toEqual(["Desk", "Floor"])
      expect(product.categories[0]!.parent_category_id).toBe(product.categories[1]!.parent_category_id)
      const all = await bench.container.resolve("product").listProductCategories({})
      expect(all.map(({ name }) => name).sort()).toEqual(["Desk", "Floor", "Home", "Lighting"])
      expect(all.every(({ is_active }) => is_active)).toBe(true)
    })

    it("gives a handle that is in use a suffix, and letters of any script their place", async () => {
      const handles = []
      for (const [sku, title] of [["H-1", "Cotton shirt"], ["H-2", "Cotton  shirt!"], ["H-3", "مصباح مكتب"], ["H/4 x", "!!!"], ["H-5", "𝐀𝐁"]] as const) {
        const { data } = await push({ sku, title, price: 1 })
        handles.push(data.product?.handle)
      }
      expect(handles).toEqual(["cotton-shirt-2", "cotton-shirt-3", "مصباح-مكتب", "h-4-x", "h-5"])
      const again = await push({ sku: "H-1", handle: "Cotton Shirt" })
      expect(again.data.product).toMatchObject({ handle: "cotton-shirt-2", updated: false })
    })

    it("leaves price rules and other currencies alone", async () => {
      const { id } = bench.shop.variants["SHIRT-S"]!
      const { data } = await bench.container.resolve("query").graph({ entity: "product_variant", fields: ["price_set.id"], filters: { id } })
      await bench.container.resolve("pricing").addPrices({
        priceSetId: (data[0] as { price_set: { id: string } }).price_set.id,
        prices: [{ currency_code: "kwd", amount: 4, rules: { region_id: bench.shop.regionId } }, { currency_code: "eur", amount: 15 }],
      })
      await push({ sku: "SHIRT-S", price: 5500 })
      const shirt = await find("SHIRT-S")
      expect(pricesOf(shirt)).toEqual({ kwd: 5.5, eur: 15 })
      expect(shirt.prices.filter(({ price_rules: rules }) => rules.length > 0)).toMatchObject([{ amount: 4 }])
    })

    it("takes Odoo's own fields in major units", async () => {
      await push({ id: 9, default_code: "ODOO-1", name: "Chair", list_price: 19.999, standard_price: "7.5", compare_list_price: 25, currency_id: [2, "USD"] })
      const chair = await find("ODOO-1")
      expect(pricesOf(chair)).toEqual({ usd: 20 })
      expect(chair.product.metadata).toMatchObject({ odoo_id: 9, cost_price: 750, compare_at_price: 2500 })
    })

    it("sells without stock where Odoo says so", async () => {
      await push({ sku: "BACK-1", title: "Pre-order", price: 1000, inventory: { allow_backorder: true, quantity: 0 } })
      await meet("BACK-1")
      await bench.shopper.buy([{ sku: "BACK-1", quantity: 3 }])
      await push({ sku: "BACK-1", inventory: { manage_inventory: false } })
      expect(await find("BACK-1")).toMatchObject({ manage_inventory: false, allow_backorder: true, inventory_items: [] })
      await push({ sku: "BACK-1", inventory: { manage_inventory: true } })
      expect((await find("BACK-1")).inventory_items).toHaveLength(1)
    })

    it("takes over the stock that is kept of its SKU", async () => {
      await bench.client.post("/odoo/webhooks/products", { event_type: "product.created", product: { odoo_id: 5, sku: "KEPT-1", name: "Kept", qty_available: 9 } })
      await push({ sku: "KEPT-1", title: "Kept", price: 1000 })
      expect(await bench.shopper.availabilityOf("KEPT-1")).toBe(9)
      await bench.container.resolve("inventory").createInventoryItems({ sku: "LOOSE-1", title: "Loose" })
      const { status } = await push({ sku: "LOOSE-1", title: "Loose", price: 1000, inventory: { quantity: 4 } })
      expect(status).toBe(200)
      expect(await bench.shopper.availabilityOf("LOOSE-1")).toBe(4)
    })

    it("does not make a product twice when it comes twice at once", async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => push(LAMP)))
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      expect(answers.filter(({ data }) => data.product.created)).toHaveLength(1)
      expect(await bench.container.resolve("product").listProducts({ title: "Desk lamp" })).toHaveLength(1)
    })

    it("follows a product whose SKU has changed, and its stock", async () => {
      await push(LAMP)
      const { data } = await push({ odoo_product_id: 4711, sku: "LAMP-NEW" })
      expect(data.product).toMatchObject({ sku: "LAMP-NEW", created: false, updated: true })
      expect(await find("LAMP-1")).toBeUndefined()
      await bench.client.post("/odoo/inventory/bulk-update", { items: [{ sku: "LAMP-NEW", quantity: 7 }] })
      expect(await bench.shopper.availabilityOf("LAMP-NEW")).toBe(7)
      expect((await push({ sku: "LAMP-1", title: "Another lamp", price: 1000 })).data.product.created).toBe(true)
    })

    it("refuses a SKU that belongs to another product of Odoo, and a bar code that another variant has", async () => {
      await push(LAMP)
      const other = await push({ odoo_product_id: 4712, sku: "LAMP-1", title: "Not a lamp", price: 1 })
      expect([other.status, other.data.error.code]).toEqual([409, "DUPLICATE_SKU"])
      const barcode = await push({ sku: "LAMP-2", title: "Lamp", price: 1, barcode: "6291041500299" })
      expect([barcode.status, barcode.data.error.details.issues[0].path]).toEqual([400, "barcode"])
      expect((await find("LAMP-1")).product.title).toBe("Desk lamp")
    })
  })

  describe("variants of one template", () => {
    const shirt = (id: number, color: string, size: string | undefined, more: object = {}) => ({
      odoo_product_id: id, odoo_product_tmpl_id: 30, sku: `T-${String(id)}`, title: "T-shirt", price: 3000,
      attributes: { Color: color, ...(size === undefined ? {} : { Size: size }) }, ...more,
    })

    it("are one product, told apart by their attributes", async () => {
      const { data } = await bulk([shirt(1, "Black", "S"), shirt(2, "Black", "M"), shirt(3, "White", "S")])
      expect(data.results).toMatchObject({ total: 3, created: 3, failed: 0 })
      const [first, third] = [await find("T-1"), await find("T-3")]
      expect(third.product.id).toBe(first.product.id)
      expect(attributesOf(third)).toEqual({ Color: "White", Size: "S" })
      expect(third.title).toBe("White / S")
      expect(first.product.metadata).toMatchObject({ odoo_product_tmpl_id: 30, odoo_id: 1 })
      expect(third.metadata).toMatchObject({ odoo_id: 3 })
    })

    it("may come later, with a value or an option that is new", async () => {
      await push(shirt(1, "Black", undefined))
      expect((await push(shirt(2, "White", undefined))).data.product.created).toBe(true)
      expect((await push(shirt(3, "White", "XL"))).data.product.created).toBe(true)
      const variants = await variantsBySku(bench.container, ["T-1", "T-2", "T-3"])
      expect(Object.values(variants).map(({ product }) => product.id)).toEqual(Array(3).fill(variants["T-1"]!.product.id))
      expect(attributesOf(variants["T-3"]!)).toEqual({ Color: "White", Size: "XL" })
      expect(attributesOf(variants["T-1"]!)).toEqual({ Color: "Black", Size: "-" })
      expect(variants["T-1"]!.product.options.map(({ title }) => title).sort()).toEqual(["Color", "Size"])
    })

    it("follow a renamed value and a renamed option", async () => {
      await bulk([shirt(1, "Black", "S"), shirt(2, "White", "S")])
      await push({ sku: "T-1", attributes: { Color: "Jet black", Size: "S" } })
      const renamed = await find("T-1")
      expect(attributesOf(renamed)).toEqual({ Color: "Jet black", Size: "S" })
      expect(renamed.product.options.find(({ title }) => title === "Color")!.values.map(({ value }) => value).sort()).toEqual(["Jet black", "White"])
      await push({ sku: "T-1", attributes: { Colour: "Jet black", Size: "S" } })
      await push({ sku: "T-2", attributes: { Colour: "White", Size: "S" } })
      const { product } = await find("T-2")
      expect(product.options.map(({ title }) => title).sort()).toEqual(["Colour", "Size"])
      expect(pricesOf(await find("T-2"))).toEqual({ kwd: 3 })
    })

    it("may swap their values", async () => {
      await bulk([shirt(1, "Black", "S"), shirt(2, "White", "S")])
      const { data } = await bulk([shirt(1, "White", "S"), shirt(2, "Black", "S")])
      expect(data.results).toMatchObject({ updated: 2, failed: 0 })
      expect(attributesOf(await find("T-1"))).toEqual({ Color: "White", Size: "S" })
    })

    it("may have been made in the dashboard, with another option", async () => {
      const shirts = await variantsBySku(bench.container, ["SHIRT-S", "SHIRT-M"])
      const { data } = await bulk(["S", "M", "L"].map((size, index) => ({
        odoo_product_id: 60 + index, odoo_product_tmpl_id: 6, sku: `SHIRT-${size}`, title: "Cotton shirt", price: 5000, attributes: { Size: size },
      })))
      expect(data.results).toMatchObject({ created: 1, updated: 2, failed: 0 })
      const large = await find("SHIRT-L")
      expect(large.product.id).toBe(shirts["SHIRT-S"]!.product.id)
      expect(large.product.options.map(({ title }) => title)).toEqual(["Size"])
      expect(attributesOf(await find("SHIRT-M"))).toEqual({ Size: "M" })
      expect((await find("SHIRT-M")).id).toBe(shirts["SHIRT-M"]!.id)
      expect(await bench.shopper.availabilityOf("SHIRT-M")).toBe(50)
    })

    it("are told apart by their SKUs where they have no attributes", async () => {
      await push({ sku: "PLAIN-1", odoo_product_tmpl_id: 31, title: "Plain", price: 1 })
      await push({ sku: "PLAIN-2", odoo_product_tmpl_id: 31, title: "Plain", price: 1 })
      expect(attributesOf(await find("PLAIN-2"))).toEqual({ "Default option": "PLAIN-2" })
    })

    it("can not be two of the same attributes, or of two templates", async () => {
      await push(shirt(1, "Black", "S"))
      const twin = await push(shirt(2, "Black", "S"))
      expect([twin.status, twin.data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      expect(twin.data.error.message).toContain("T-1")
      const moved = await push(shirt(1, "Black", "S", { odoo_product_tmpl_id: 99 }))
      expect([moved.status, moved.data.error.code]).toEqual([409, "DUPLICATE_SKU"])
    })
  })

  describe("POST /odoo/products/bulk", () => {
    const plain = (sku: string, more: object = {}) => ({ sku, title: `Product ${sku}`, price: 1000, ...more })

    it("says of each product what became of it, and one bad product does not stop the rest", async () => {
      await push(plain("B-1"))
      const { status, data } = await bulk([plain("B-1"), plain("B-1", { price: 2000 }), plain("B-2"), plain("B-3", { price: "much" }), "nonsense", plain("B-4", { title: false })])
      expect(status).toBe(200)
      expect(data).toEqual({
        success: false,
        results: {
          total: 6, created: 1, updated: 1, unchanged: 1, failed: 3,
          errors: [
            { index: 3, sku: "B-3", code: "VALIDATION_ERROR", message: "price: must be a number" },
            { index: 4, sku: "", code: "VALIDATION_ERROR", message: expect.any(String) },
            { index: 5, sku: "B-4", code: "VALIDATION_ERROR", message: "title: is needed to create a product" },
          ],
        },
      })
      expect(pricesOf(await find("B-1"))).toEqual({ kwd: 2 })
    })

    it("is written by halves where Medusa itself refuses one", async () => {
      // a part of another variant, which has the SKU by right
      const { id } = await bench.container.resolve("inventory").createInventoryItems({ sku: "B-TAKEN" })
      await bench.container.resolve("link").create({
        product: { variant_id: bench.shop.variants["SHIRT-S"]!.id },
        inventory: { inventory_item_id: id },
        data: { required_quantity: 1 },
      })
      const { data } = await bulk([plain("B-10"), plain("B-TAKEN"), plain("B-11")])
      expect(data.results).toMatchObject({ created: 2, failed: 1, errors: [{ index: 1, sku: "B-TAKEN" }] })
      expect(await find("B-TAKEN")).toBeUndefined()
    })

    it("with atomic, writes nothing where one is bad", async () => {
      const { status, data } = await bulk([plain("B-1"), plain("B-2", { price: "much" })], { atomic: true })
      expect([status, data.success, data.results.created, data.results.failed]).toEqual([200, false, 0, 1])
      expect(await find("B-1")).toBeUndefined()
      const good = await bulk([plain("B-1"), plain("B-2")], { atomic: true })
      expect(good.data.results).toMatchObject({ created: 2, failed: 0 })
    })

    it("with atomic, undoes what was written when the last write fails", async () => {
      bench.errors.expect("a product could not be written: no disk")
      await push(plain("B-1", { title: "Before" }))
      // Medusa also calls it for a new stock record without levels, and earlier
      const broken = jest
        .spyOn(bench.container.resolve("inventory"), "createInventoryLevels")
        .mockImplementation((levels) => (Array.isArray(levels) && levels.length === 0 ? Promise.resolve([]) : Promise.reject(new Error("no disk"))) as never)
      const prices = jest.spyOn(bench.container.resolve("pricing"), "addPrices")
      const { status, data } = await bulk(
        [plain("B-1", { title: "After", price: 9000, prices: [{ currency_code: "usd", amount: 1 }] }), plain("B-2", { categories: ["Gone"], inventory: { quantity: 3 } })],
        { atomic: true }
      )
      broken.mockRestore()
      // once there, once back
      expect(prices).toHaveBeenCalledTimes(2)
      prices.mockRestore()
      expect([status, data.results.failed, data.results.errors[0].code]).toEqual([200, 2, "SYNC_FAILED"])
      expect(await find("B-2")).toBeUndefined()
      const kept = await find("B-1")
      expect(kept.product.title).toBe("Before")
      expect(pricesOf(kept)).toEqual({ kwd: 1 })
      expect(await bench.container.resolve("product").listProductCategories({ name: "Gone" })).toEqual([])
    })

    it("with dry_run, writes nothing and says what would change", async () => {
      await push(plain("B-1"))
      const { data } = await bulk([plain("B-1", { title: "Other", price: 2000 }), plain("B-2"), plain("B-1"), {}], { dry_run: true })
      expect(data.results).toMatchObject({ dry_run: true, total: 4, failed: 1 })
      const again = await bulk([plain("B-1", { title: "Other", price: 2000 }), plain("B-2")], { dry_run: true })
      expect(again.data.results.items).toEqual([
        { index: 0, sku: "B-1", action: "update", changes: expect.arrayContaining(["title", "prices.kwd"]) },
        { index: 1, sku: "B-2", action: "create", changes: [] },
      ])
      expect(await find("B-2")).toBeUndefined()
      expect((await find("B-1")).product.title).toBe("Product B-1")
    })

    it("compares a hundred products with as many statements as ten", async () => {
      const products = Array.from({ length: 120 }, (_, index) => plain(`MANY-${String(index)}`, { tags: ["many"], categories: ["Many"], inventory: { quantity: index } }))
      expect((await bulk(products)).data.results).toMatchObject({ created: 120, failed: 0 })
      const ten = await leastStatements(() => bulk(products.slice(0, 10)))
      const all = await leastStatements(async () => expect((await bulk(products)).data.results).toMatchObject({ unchanged: 120 }))
      expect(ten).toBeGreaterThan(0)
      expect(all).toBe(ten)
    })
  })

  describe("DELETE /odoo/products/{sku}", () => {
    it("removes the variant, and the product with its last variant; stock records and orders stay", async () => {
      const items = ["SHIRT-S", "SHIRT-M"].map((sku) => bench.shop.variants[sku]!.inventoryItemId)
      const order = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      const { product } = await find("SHIRT-S")
      const first = await bench.client.delete("/odoo/products/shirt-s")
      expect([first.status, first.data]).toMatchObject([200, { success: true, sku: "SHIRT-S", product_id: product.id, product_deleted: false }])
      expect(await bench.container.resolve("product").listProductVariants({ product_id: product.id })).toMatchObject([{ sku: "SHIRT-M" }])
      const second = await bench.client.delete("/odoo/products/SHIRT-M")
      expect(second.data.product_deleted).toBe(true)
      expect(await bench.container.resolve("product").listProducts({ id: product.id })).toEqual([])
      const levels = await bench.container.resolve("inventory").listInventoryLevels({ inventory_item_id: items })
      expect(levels.map(({ stocked_quantity }) => stocked_quantity)).toEqual([50, 50])
      const pulled = await bench.client.get(`/odoo/orders?limit=1`)
      expect(pulled.data.orders[0]).toMatchObject({ id: order.id, items: [{ sku: "SHIRT-S", quantity: 1 }] })
      const back = await push({ sku: "SHIRT-S", title: "Shirt", price: 5000 })
      expect(back.data.product.created).toBe(true)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(49)
    })

    it("takes a SKU with a slash, and says that an unknown one is not there", async () => {
      await push({ sku: "A/B 1", title: "Slash", price: 1 })
      expect((await bench.client.delete(`/odoo/products/${encodeURIComponent("A/B 1")}`)).status).toBe(200)
      for (const sku of ["A%2FB%201", "%00", "x".repeat(3000), "%F0%9F%98%80"]) {
        const { status, data } = await bench.client.delete(`/odoo/products/${sku}`)
        expect([status, data.error.code]).toEqual([404, "SKU_NOT_FOUND"])
      }
    })
  })
})
