import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { shopSuite } from "../support/suite"

shopSuite({}, (bench) => {
  const inventory = () => bench.container.resolve(Modules.INVENTORY)
  const bulk = async (products: object[], more: object = {}) => (await bench.client.post("/odoo/products/bulk", { products, ...more })).data.results
  const product = (id: number, sku: string, quantity: number) => ({ odoo_product_id: id, sku, title: sku, price: 1000, inventory: { quantity } })
  const make = async (...products: object[]) => expect(await bulk(products)).toMatchObject({ created: products.length })

  /** The SKUs of variants, each with the SKU of its inventory item and what is in stock of that. */
  const itemsOf = async (...skus: string[]) => {
    const { rows } = await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: { sku: string; item: unknown[] }[] }>(
      `SELECT variant.sku, json_build_array(item.sku, level.stocked_quantity) AS item
       FROM product_variant AS variant
       JOIN product_variant_inventory_item AS link ON link.variant_id = variant.id AND link.deleted_at IS NULL
       JOIN inventory_item AS item ON item.id = link.inventory_item_id
       LEFT JOIN inventory_level AS level ON level.inventory_item_id = item.id AND level.deleted_at IS NULL
       WHERE variant.deleted_at IS NULL`
    )
    return Object.fromEntries(rows.filter(({ sku }) => skus.includes(sku)).map(({ sku, item }) => [sku, item]))
  }

  /** Makes an inventory item that no product has. */
  const leaveOver = async (sku: string, stocked_quantity?: number) => {
    const { id } = await inventory().createInventoryItems({ sku, title: "Left over" })
    if (stocked_quantity !== undefined) {
      await inventory().createInventoryLevels([{ inventory_item_id: id, location_id: bench.shop.locationId, stocked_quantity }])
    }
    return id
  }
  const skuOf = async (id: string) => (await inventory().retrieveInventoryItem(id)).sku

  describe("a product that gets the SKU of an inventory item without a product", () => {
    it("keeps its own item with its stock, and leaves its old SKU to others", async () => {
      await make(product(1, "OLD", 7))
      const left = await leaveOver("NEW", 0)
      expect(await bulk([{ odoo_product_id: 1, sku: "NEW" }])).toMatchObject({ updated: 1, failed: 0 })
      expect(await itemsOf("NEW", "OLD")).toEqual({ NEW: ["NEW", 7] })
      expect(await skuOf(left)).toBeNull()
      expect(await bulk([product(2, "OLD", 3)])).toMatchObject({ created: 1, failed: 0 })
      expect(await itemsOf("NEW", "OLD")).toEqual({ NEW: ["NEW", 7], OLD: ["OLD", 3] })
    })

    it("may do so in the bulk that makes the product with its old SKU", async () => {
      await make(product(1, "OLD", 7))
      const left = await leaveOver("NEW")
      expect(await bulk([product(2, "OLD", 3), { odoo_product_id: 1, sku: "NEW" }])).toMatchObject({ created: 1, updated: 1, failed: 0 })
      expect(await itemsOf("NEW", "OLD")).toEqual({ NEW: ["NEW", 7], OLD: ["OLD", 3] })
      expect(await skuOf(left)).toBeNull()
    })

    it("is refused where that item has stock or is reserved, in a rehearsal too, and with it who relies on its old SKU", async () => {
      await make(product(1, "OLD", 7))
      const left = await leaveOver("NEW", 4)
      const products = [{ odoo_product_id: 1, sku: "NEW", title: "Renamed" }, product(2, "OLD", 3)]
      const rehearsed = await bulk(products, { dry_run: true })
      expect(rehearsed).toMatchObject({
        failed: 2,
        errors: [{ index: 0, sku: "NEW", code: "DUPLICATE_SKU", message: expect.stringMatching(/NEW belongs to an inventory item .*not empty/) }, { index: 1, code: "DUPLICATE_SKU" }],
      })
      expect((await bulk(products)).errors).toEqual(rehearsed.errors)
      expect(await itemsOf("NEW", "OLD")).toEqual({ OLD: ["OLD", 7] })
      const place = { inventory_item_id: left, location_id: bench.shop.locationId }
      const reservation = await inventory().createReservationItems({ ...place, quantity: 4 })
      await inventory().updateInventoryLevels([{ ...place, stocked_quantity: 0 }])
      expect(await bulk(products)).toMatchObject({ failed: 2 })
      await inventory().deleteReservationItems([reservation.id])
      expect(await bulk(products)).toMatchObject({ created: 1, updated: 1, failed: 0 })
    })

    it("has its old SKU again, and the item its own, where a later write fails", async () => {
      bench.errors.expect("a product could not be written: no disk")
      await make(product(1, "OLD", 7))
      const left = await leaveOver("NEW")
      const broken = jest.spyOn(inventory(), "createInventoryLevels").mockRejectedValue(new Error("no disk"))
      expect(await bulk([{ odoo_product_id: 1, sku: "NEW" }, product(2, "OTHER", 3)], { atomic: true })).toMatchObject({ failed: 2 })
      expect(broken).toHaveBeenCalled()
      broken.mockRestore()
      expect(await itemsOf("NEW", "OLD")).toEqual({ OLD: ["OLD", 7] })
      expect(await skuOf(left)).toBe("NEW")
    })
  })

  describe("an inventory item that is called otherwise than its product by now", () => {
    const rename = async (from: string, to: string) => {
      const [variant] = await bench.container.resolve(Modules.PRODUCT).listProductVariants({ sku: from })
      await bench.container.resolve(Modules.PRODUCT).upsertProductVariants([{ id: variant!.id, sku: to }])
    }

    it("is no obstacle to a new product with its SKU, not even where another item has its product's", async () => {
      await make(product(1, "OLD", 7))
      await rename("OLD", "NEW")
      const left = await leaveOver("NEW", 4)
      expect(await bulk([product(2, "OLD", 3)])).toMatchObject({ created: 1, failed: 0 })
      expect(await itemsOf("NEW", "OLD")).toEqual({ NEW: [null, 7], OLD: ["OLD", 3] })
      expect(await skuOf(left)).toBe("NEW")
    })

    it("is called as its product once another product gets its SKU", async () => {
      await make(product(1, "ONE", 7), product(2, "TWO", 3))
      await rename("TWO", "RENAMED")
      expect(await bulk([{ odoo_product_id: 1, sku: "TWO" }])).toMatchObject({ updated: 1, failed: 0 })
      expect(await itemsOf("TWO", "RENAMED")).toEqual({ TWO: ["TWO", 7], RENAMED: ["RENAMED", 3] })
    })

    it("follows its product where both were renamed to the same, one in the shop and one in Odoo", async () => {
      await make(product(1, "ONE", 7))
      const [item] = await inventory().listInventoryItems({ sku: "ONE" })
      await inventory().updateInventoryItems([{ id: item!.id, sku: "TWO" }])
      expect(await bulk([{ odoo_product_id: 1, sku: "TWO" }])).toMatchObject({ updated: 1, failed: 0 })
      expect(await itemsOf("TWO")).toEqual({ TWO: ["TWO", 7] })
    })
  })

  describe("a SKU that the inventory item of another product has", () => {
    /** Makes a product's variant need an inventory item besides its own. */
    const addPart = async (sku: string, inventory_item_id: string) => {
      const [variant] = await bench.container.resolve(Modules.PRODUCT).listProductVariants({ sku })
      await bench.container.resolve(ContainerRegistrationKeys.LINK).create({
        [Modules.PRODUCT]: { variant_id: variant!.id },
        [Modules.INVENTORY]: { inventory_item_id },
        data: { required_quantity: 2 },
      })
    }
    const setSku = async (from: string, to: string | null) => {
      const [variant] = await bench.container.resolve(Modules.PRODUCT).listProductVariants({ sku: from })
      await bench.container.resolve(Modules.PRODUCT).upsertProductVariants([{ id: variant!.id, sku: to }])
    }
    const refusal = (name: string) => ({
      sku: "PART",
      code: "DUPLICATE_SKU",
      message: `The SKU PART belongs to an inventory item that ${name} needs. Give that item another SKU; then send the product again.`,
    })

    it("is refused, to a product that has another one and to a new one, in a rehearsal too, and with it who relies on the old one", async () => {
      await make(product(1, "OLD", 7), product(9, "KIT", 1))
      const part = await leaveOver("PART", 4)
      await addPart("KIT", part)
      const renamed = { odoo_product_id: 1, sku: "PART", title: "Renamed" }
      for (const products of [[renamed, product(2, "OLD", 3)], [{ ...product(2, "PART", 3), tags: ["new"] }, { sku: "KIT", title: "Box" }]]) {
        const rehearsed = await bulk(products, { dry_run: true })
        expect(rehearsed.errors).toMatchObject([{ index: 0, ...refusal("KIT") }, { index: 1, code: "DUPLICATE_SKU" }].slice(0, rehearsed.failed))
        expect((await bulk(products)).errors).toEqual(rehearsed.errors)
      }
      const { status, data } = await bench.client.post("/odoo/products", product(2, "PART", 3))
      expect([status, data.error]).toMatchObject([409, { code: "DUPLICATE_SKU", message: refusal("KIT").message }])
      const webhook = await bench.client.post("/odoo/webhooks/products", { event_type: "product.updated", product: { odoo_id: 1, sku: "PART" } })
      expect([webhook.status, webhook.data.error.message]).toEqual([409, refusal("KIT").message])
      expect(await itemsOf("OLD", "PART")).toEqual({ OLD: ["OLD", 7] })
      expect(await skuOf(part)).toBe("PART")
      const titles = (await bench.container.resolve(Modules.PRODUCT).listProducts({}, { take: 100 })).map(({ title }) => title)
      expect([titles.includes("Box"), titles.includes("Renamed"), titles.includes("PART")]).toEqual([true, false, false])
      expect(await bench.container.resolve(Modules.PRODUCT).listProductTags({ value: "new" })).toEqual([])
      await inventory().updateInventoryItems([{ id: part, sku: "PART-OF-KIT" }])
      expect(await bulk([renamed, product(2, "OLD", 3)])).toMatchObject({ created: 1, updated: 1, failed: 0 })
    })

    it("is refused too where that product has no SKU, or where two need the item", async () => {
      await make(product(1, "OLD", 7), product(8, "SET", 1), product(9, "KIT", 1))
      const part = await leaveOver("PART")
      await addPart("SET", part)
      await addPart("KIT", part)
      const products = [{ odoo_product_id: 1, sku: "PART" }]
      expect((await bulk(products, { dry_run: true })).errors).toMatchObject([refusal("KIT")])
      expect((await bulk(products)).errors).toMatchObject([refusal("KIT")])
      await setSku("SET", null)
      await setSku("KIT", null)
      const { errors } = await bulk(products, { dry_run: true })
      expect(errors).toMatchObject([{ code: "DUPLICATE_SKU", message: expect.stringMatching(/an inventory item that variant_\w+ needs/) }])
      expect((await bulk(products)).errors).toEqual(errors)
    })

    it("is free for another once the part itself gets another one in the same bulk, and not where that one can not", async () => {
      await make(product(1, "PART", 7), product(9, "KIT", 1))
      const [{ id: part } = { id: "" }] = await inventory().listInventoryItems({ sku: "PART" })
      await addPart("KIT", part)
      const other = await leaveOver("OTHER")
      await addPart("KIT", other)
      const stuck = [{ odoo_product_id: 1, sku: "OTHER" }, product(2, "PART", 3)]
      const rehearsed = await bulk(stuck, { dry_run: true })
      expect(rehearsed).toMatchObject({ failed: 2, errors: [{ index: 0, code: "DUPLICATE_SKU" }, { index: 1, code: "DUPLICATE_SKU" }] })
      expect((await bulk(stuck)).errors).toEqual(rehearsed.errors)
      const free = [{ odoo_product_id: 1, sku: "NEW" }, product(2, "PART", 3)]
      expect(await bulk(free, { dry_run: true })).toMatchObject({ created: 1, updated: 1, failed: 0 })
      expect(await bulk(free)).toMatchObject({ created: 1, updated: 1, failed: 0 })
      expect(await itemsOf("PART", "NEW")).toEqual({ PART: ["PART", 3], NEW: ["NEW", 7] })
      expect(await skuOf(part)).toBe("NEW")
    })

    it("is no obstacle to a product whose stock is not managed", async () => {
      await make(product(9, "KIT", 1))
      await addPart("KIT", await leaveOver("PART", 4))
      const unmanaged = [{ sku: "PART", title: "Part", price: 1000, inventory: { manage_inventory: false } }]
      expect(await bulk(unmanaged, { dry_run: true })).toMatchObject({ created: 1, failed: 0 })
      expect(await bulk(unmanaged)).toMatchObject({ created: 1, failed: 0 })
    })
  })
})
