import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { ProductStatus } from "@medusajs/framework/utils"

import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

shopSuite({}, (bench) => {
  const itemOf = (sku: string) => bench.shop.variants[sku]!.inventoryItemId

  const levelOf = async (sku: string) => {
    const level = await bench.container
      .resolve("inventory")
      .retrieveInventoryLevelByItemAndLocation(itemOf(sku), bench.shop.locationId)
    return { stocked: level.stocked_quantity, reserved: level.reserved_quantity }
  }

  describe("POST /odoo/inventory/update", () => {
    const update = (body: unknown) => bench.client.post("/odoo/inventory/update", body)

    it("sets the stock of one SKU, and a shopper sees it", async () => {
      const { status, data } = await update({ sku: "SHIRT-S", quantity: 7 })
      expect(status).toBe(200)
      expect(data).toEqual({
        success: true,
        sku: "SHIRT-S",
        location_id: bench.shop.locationId,
        previous_quantity: 50,
        new_quantity: 7,
      })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(7)
    })

    it("takes Odoo's ways of writing", async () => {
      const { data } = await update({ default_code: " shirt-s ", quantity: "75.0", location_id: false, updated_at: false })
      expect(data).toMatchObject({ success: true, new_quantity: 75 })
    })

    it.each([
      ["an unknown SKU", { sku: "NO-SUCH", quantity: 1 }, 404, "SKU_NOT_FOUND"],
      ["an unknown location", { sku: "SHIRT-S", quantity: 1, location_id: "sloc_no" }, 404, "NOT_FOUND"],
      ["a location of Odoo's that is none of the shop's", { sku: "SHIRT-S", quantity: 1, location_id: [8, "WH/Stock"] }, 404, "NOT_FOUND"],
      ["a time to come", { sku: "SHIRT-S", quantity: 1, updated_at: "2099-01-01 00:00:00" }, 400, "VALIDATION_ERROR"],
      ["more than 32 bits", { sku: "SHIRT-S", quantity: 2_147_483_648 }, 400, "VALIDATION_ERROR"],
      ["a SKU of two lines", { sku: "SHIRT-S\nSHIRT-M", quantity: 1 }, 400, "VALIDATION_ERROR"],
      ["no SKU", { quantity: 1 }, 400, "VALIDATION_ERROR"],
      ["a time that is none", { sku: "SHIRT-S", quantity: 1, updated_at: "soon" }, 400, "VALIDATION_ERROR"],
    ])("refuses %s and changes nothing", async (_, body, status, code) => {
      const response = await update(body)
      expect([response.status, response.data.error.code]).toEqual([status, code])
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(50)
    })

    it("skips a statement that is older than the one applied before, and says so", async () => {
      await update({ sku: "SHIRT-S", quantity: 7, updated_at: "2026-11-21T12:00:00Z" })
      const { status, data } = await update({ sku: "SHIRT-S", quantity: 9, updated_at: "2026-11-21 11:59:59" })
      expect(status).toBe(200)
      expect(data).toMatchObject({ success: false, status: "stale", previous_quantity: 7, new_quantity: 7 })
      expect((await update({ sku: "SHIRT-S", quantity: 8, updated_at: "2026-11-21T12:00:01Z" })).data.success).toBe(true)
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(8)
    })
  })

  describe("statements that carry a time", () => {
    it("are judged one by one in every push", async () => {
      const at = (updated_at: string, quantity: number) => ({ sku: "SHIRT-S", quantity, updated_at })
      const bulk = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [at("2026-11-21T12:00:00Z", 5), at("2026-11-21T11:00:00Z", 6), { sku: "SHIRT-M", quantity: 4 }],
      })
      expect(bulk.data).toEqual({
        success: false,
        results: {
          total: 3,
          updated: 2,
          unchanged: 0,
          not_found: 0,
          stale: 1,
          errors: [{ index: 1, sku: "SHIRT-S", status: "stale", code: "CONFLICT", message: expect.stringContaining("newer") }],
        },
      })
      const webhook = await bench.client.post("/odoo/webhooks/inventory", {
        event_type: "inventory.adjustment",
        items: [{ ...at("2026-11-21T11:00:00Z", -1), adjustment_type: "delta" }],
      })
      expect(webhook.data.results[0]).toMatchObject({ status: "stale", previous_quantity: 5, new_quantity: 5 })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(5)
    })
  })

  describe("POST /odoo/inventory", () => {
    it("sets what is known, keeps what is unknown, and says of each what became of it", async () => {
      const { status, data } = await bench.client.post("/odoo/inventory", {
        items: [
          { sku: "SHIRT-S", quantity: 7 },
          { sku: "CAP-RED", quantity: 12, title: "Red cap" },
          { sku: "", quantity: 1 },
        ],
      })
      expect(status).toBe(200)
      expect(data.success).toBe(false)
      expect(data.summary).toEqual({ total: 3, synced: 2, failed: 1 })
      expect(data.results).toEqual([
        { sku: "SHIRT-S", status: "synced", previous_quantity: 50, new_quantity: 7 },
        { sku: "CAP-RED", status: "synced", previous_quantity: 0, new_quantity: 12 },
        { sku: "", status: "failed", previous_quantity: null, new_quantity: null, error: "sku: must not be empty" },
      ])
      const again = await bench.client.post("/odoo/inventory", { items: [{ sku: "CAP-RED", quantity: 15 }] })
      expect(again.data.results[0]).toEqual({ sku: "CAP-RED", status: "synced", previous_quantity: 12, new_quantity: 15 })
    })

    it("asks for the location of an item that names none, and applies the others", async () => {
      const [second] = await bench.container.resolve("stock_location").createStockLocations([{ name: "Second" }])
      const { status, data } = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [{ sku: "SHIRT-S", quantity: 2, location_id: second!.id }, { sku: "SHIRT-M", quantity: 2 }],
      })
      expect([status, data.results.updated]).toEqual([200, 1])
      expect(data.results.errors[0]).toMatchObject({ index: 1, code: "VALIDATION_ERROR", message: expect.stringContaining("Second") })
      const one = await bench.client.post("/odoo/inventory/update", { sku: "SHIRT-S", quantity: 2 })
      expect([one.status, one.data.error.details.issues[0].path]).toEqual([400, "location_id"])
    })

    it("makes one record of an unknown SKU that is pushed several times at once", async () => {
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => bench.client.post("/odoo/inventory", { items: [{ sku: "CAP-BLUE", quantity: 3 }] }))
      )
      expect(answers.map(({ data }) => data.results[0].new_quantity)).toEqual([3, 3, 3, 3, 3])
      expect(await bench.odoo.listOdooStockRecords({ sku: "CAP-BLUE" })).toHaveLength(1)
      expect(await bench.container.resolve("inventory").listInventoryItems({ q: "CAP-BLUE" })).toHaveLength(1)
    })

    it("gives each unknown SKU its own record, in whatever order Medusa returns what it has made", async () => {
      const inventory = bench.container.resolve("inventory")
      const create = inventory.createInventoryItems.bind(inventory) as (items: unknown) => Promise<unknown[]>
      const reversed = jest.spyOn(inventory, "createInventoryItems").mockImplementation((async (items: unknown) => (await create(items)).reverse()) as never)
      const items = [{ sku: "CAP-RED", title: "Red cap", quantity: 12 }, { sku: "CAP-BLUE", title: "Blue cap", quantity: 3 }]
      expect((await bench.client.post("/odoo/inventory", { items })).data.success).toBe(true)
      reversed.mockRestore()
      for (const { sku, title, quantity } of items) {
        const { data } = await bench.client.get("/odoo/inventory", { params: { sku } })
        expect(data.inventory).toMatchObject([{ sku, title, stocked_quantity: quantity }])
      }
    })

    it("refuses a body without items", async () => {
      for (const body of [{}, { items: [] }, { items: "SHIRT-S" }, []]) {
        const { status, data } = await bench.client.post("/odoo/inventory", body)
        expect([status, data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      }
    })
  })

  describe("stock of a SKU that the catalogue does not know", () => {
    const variantBody = (sku: string) => ({ title: "Red", sku, options: { Kind: "Red" }, prices: [{ currency_code: "kwd", amount: 2 }] })

    const product = (sku: string) => ({
      title: "Cap",
      status: "published",
      options: [{ title: "Kind", values: ["Red"] }],
      sales_channels: [{ id: bench.shop.salesChannelId }],
      variants: [{ ...variantBody(sku), manage_inventory: true }],
    })

    const keep = (sku: string, quantity: number) => bench.client.post("/odoo/inventory", { items: [{ sku, quantity }] })

    it("is the variant's as soon as a product with it is made in the dashboard", async () => {
      await keep("CAP-RED", 12)
      const admin = await bench.admin()
      const { status } = await admin.post("/admin/products", product("CAP-RED"))
      expect(status).toBe(200)
      await waitFor("the shop shows the cap's stock", async () => (await bench.shopper.availabilityOf("CAP-RED")) === 12)
      const { data } = await admin.get<{ inventory_items: { sku: string | null }[] }>("/admin/inventory-items?q=CAP-RED")
      expect(data.inventory_items.map(({ sku }) => sku)).toEqual(["CAP-RED"])
      expect((await keep("CAP-RED", 9)).data.results[0]).toMatchObject({ previous_quantity: 12, new_quantity: 9 })
      expect(await bench.shopper.availabilityOf("CAP-RED")).toBe(9)
    })

    it("is the variant's that a workflow makes, as an import does", async () => {
      await keep("CAP-RED", 12)
      const { status: _, ...cap } = product("CAP-RED")
      await createProductsWorkflow(bench.container).run({ input: { products: [{ ...cap, status: ProductStatus.PUBLISHED }] } })
      await waitFor("the shop shows the cap's stock", async () => (await bench.shopper.availabilityOf("CAP-RED")) === 12)
    })

    it("is the variant's that is added to a product in the dashboard, in another case too", async () => {
      await keep("cap-green", 5)
      const admin = await bench.admin()
      const { data } = await admin.post<{ product: { id: string } }>("/admin/products", {
        ...product("CAP-RED"),
        options: [{ title: "Kind", values: ["Red", "Green"] }],
      })
      const added = await admin.post(`/admin/products/${data.product.id}/variants`, {
        ...variantBody("CAP-GREEN"),
        title: "Green",
        options: { Kind: "Green" },
      })
      expect([added.status, added.data.message]).toEqual([200, undefined])
      await waitFor("the shop shows the cap's stock", async () => (await bench.shopper.availabilityOf("CAP-GREEN")) === 5)
    })

    it("is the variant's whose SKU is changed to it", async () => {
      await keep("MUG-2", 4)
      const admin = await bench.admin()
      const { data } = await admin.get<{ products: { id: string }[] }>("/admin/products?handle=coffee-mug")
      await admin.post(`/admin/products/${data.products[0]!.id}/variants/${bench.shop.variants["MUG-WHITE"]!.id}`, { sku: "MUG-2" })
      await waitFor("the shop shows the mug's stock", async () => (await bench.shopper.availabilityOf("MUG-2")) === 4)
      expect((await bench.client.post("/odoo/inventory/update", { sku: "MUG-2", quantity: 6 })).data.new_quantity).toBe(6)
      expect(await bench.shopper.availabilityOf("MUG-2")).toBe(6)
    })

    it("is what a deleted variant leaves behind: the shopkeeper can make the variant again, and it has its stock", async () => {
      const deleted = await bench.client.delete("/odoo/products/MUG-WHITE")
      expect(deleted.status).toBe(200)
      const { data } = await bench.client.get("/odoo/inventory?sku=MUG-WHITE")
      expect(data.inventory).toMatchObject([{ sku: "MUG-WHITE", stocked_quantity: 50 }])
      const made = await (await bench.admin()).post("/admin/products", product("MUG-WHITE"))
      expect([made.status, made.data.message]).toEqual([200, undefined])
      await waitFor("the shop shows the mug's stock", async () => (await bench.shopper.availabilityOf("MUG-WHITE")) === 50)
    })

    it("is found by a push that comes before anything has told of the variant, and is not put over it", async () => {
      await keep("CAP-RED", 12)
      const [kept] = await bench.odoo.listOdooStockRecords({ sku: "CAP-RED" })
      const inventory = bench.container.resolve("inventory")
      // an item made past Medusa's workflows: nothing is emitted that could be a hint
      const item = await inventory.createInventoryItems({ sku: "CAP-RED" })
      const { data } = await bench.client.post("/odoo/webhooks/inventory", {
        event_type: "inventory.adjustment",
        items: [{ sku: "CAP-RED", quantity: 3, adjustment_type: "delta" }],
      })
      expect(data.results[0]).toMatchObject({ previous_quantity: 12, new_quantity: 15 })
      const level = await inventory.retrieveInventoryLevelByItemAndLocation(item.id, bench.shop.locationId)
      expect(level.stocked_quantity).toBe(15)
      expect(await inventory.listInventoryItems({ id: kept!.inventory_item_id })).toEqual([])
    })

    it("stays kept while there is none, and an inventory webhook for an unknown SKU keeps nothing", async () => {
      const { data } = await bench.client.post("/odoo/webhooks/inventory", {
        event_type: "inventory.updated",
        items: [{ sku: "CAP-RED", quantity: 3 }],
      })
      expect(data.results[0]).toMatchObject({ sku: "CAP-RED", status: "not_found" })
      expect(await bench.odoo.listOdooStockRecords({})).toEqual([])
    })
  })

  describe("POST /odoo/inventory/reduce", () => {
    const reduce = (body: unknown) => bench.client.post("/odoo/inventory/reduce", body)

    it("takes an order's goods out of the stock once, and with them what was reserved", async () => {
      const order = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 2 })
      const body = { order_id: order.id, reason: "delivered", items: [{ sku: "SHIRT-S", quantity: 2 }] }
      const { status, data } = await reduce(body)
      expect(status).toBe(200)
      expect(data).toEqual({
        success: true,
        order_id: order.id,
        reason: "delivered",
        summary: { total_items: 1, successful: 1, failed: 0, insufficient_stock: 0 },
        results: [{ sku: "SHIRT-S", status: "reduced", previous_quantity: 50, new_quantity: 48, reduced_by: 2 }],
      })
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0 })
      const again = await reduce({ ...body, order_id: order.display_id })
      expect(again.data.success).toBe(true)
      expect(again.data.results[0]).toMatchObject({ status: "already_reduced", previous_quantity: 48, new_quantity: 48, reduced_by: 0 })
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0 })
    })

    it("takes a part, then the rest, and never more than was ordered", async () => {
      const order = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 3 }])
      const some = (quantity: number) => reduce({ order_id: order.id, items: [{ sku: "shirt-s", quantity }] })
      expect((await some(1)).data.results[0]).toMatchObject({ status: "reduced", reduced_by: 1 })
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 49, reserved: 2 })
      expect((await some(5)).data.results[0]).toMatchObject({ status: "reduced", reduced_by: 2 })
      expect((await some(1)).data.results[0]).toMatchObject({ status: "already_reduced", reduced_by: 0 })
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
    })

    it("takes each line once when it is said several times at once", async () => {
      const order = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => reduce({ order_id: order.id, items: [{ sku: "SHIRT-S", quantity: 2 }] }))
      )
      expect(answers.map(({ data }) => data.results[0].status).sort()).toEqual([...Array<string>(4).fill("already_reduced"), "reduced"])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0 })
    })

    it("takes goods once that are shipped after it, or before it", async () => {
      const ship = (orderId: string) =>
        bench.client.post("/odoo/webhooks/order-status", { event_type: "order.shipped", order: { medusa_order_id: orderId } })
      const first = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce({ order_id: first.id, items: [{ sku: "SHIRT-S", quantity: 2 }] })
      const shipped = await ship(first.id)
      expect([shipped.status, shipped.data.effects]).toEqual([200, ["fulfilled", "shipped"]])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
      const second = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      await ship(second.id)
      for (const { id } of [first, second]) {
        const { data } = await reduce({ order_id: id, items: [{ sku: "SHIRT-S", quantity: 1 }] })
        expect(data.results[0]).toMatchObject({ status: "already_reduced", reduced_by: 0 })
      }
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 46, reserved: 0 })
    })

    it("says what is not of the order, and what the stock does not have", async () => {
      const order = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }])
      await bench.client.post("/odoo/inventory/update", { sku: "SHIRT-S", quantity: 1 })
      const { data } = await reduce({
        order_id: order.id,
        items: [
          { sku: "SHIRT-S", quantity: 2 },
          { sku: "SHIRT-M", quantity: 1 },
          { sku: "MUG-WHITE", quantity: 1 },
        ],
      })
      expect(data.success).toBe(false)
      expect(data.summary).toEqual({ total_items: 3, successful: 1, failed: 2, insufficient_stock: 1 })
      expect(data.results.map(({ status }: { status: string }) => status)).toEqual(["insufficient_stock", "not_found", "reduced"])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 1, reserved: 2 })
    })

    it("is a plain decrease without an order", async () => {
      const { data } = await reduce({ items: [{ sku: "SHIRT-S", quantity: 4 }, { sku: "SHIRT-M", quantity: 51 }] })
      expect(data).toMatchObject({ success: false, order_id: null, reason: null })
      expect(data.results).toEqual([
        { sku: "SHIRT-S", status: "reduced", previous_quantity: 50, new_quantity: 46, reduced_by: 4 },
        { sku: "SHIRT-M", status: "insufficient_stock", previous_quantity: 50, new_quantity: 50, reduced_by: 0 },
      ])
    })

    it("says by how much more is reserved than a plain decrease leaves", async () => {
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 4 }])
      const { data } = await reduce({ items: [{ sku: "SHIRT-S", quantity: 48 }] })
      expect(data.results[0]).toEqual({ sku: "SHIRT-S", status: "reduced", previous_quantity: 50, new_quantity: 2, reduced_by: 48, oversold_by: 2 })
    })

    it("answers NOT_FOUND for an unknown order, CONFLICT for a canceled one, and refuses a body without a list of items", async () => {
      const items = [{ sku: "SHIRT-S", quantity: 1 }]
      expect((await reduce({ order_id: "order_no", items })).data.error.code).toBe("NOT_FOUND")
      const order = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      await bench.container.resolve("order").cancel(order.id)
      const refused = await reduce({ order_id: order.id, items })
      expect([refused.status, refused.data.error.code]).toEqual([409, "CONFLICT"])
      for (const bad of [[], null, "SHIRT-S"]) {
        const { status, data } = await reduce({ items: bad })
        expect([status, data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      }
      for (const bad of [{ sku: "SHIRT-M" }, { sku: "SHIRT-M", quantity: -1 }, 7]) {
        const { status, data } = await reduce({ items: [bad] })
        expect([status, data.success, data.results[0].status]).toEqual([200, false, "failed"])
      }
      expect((await levelOf("SHIRT-S")).stocked).toBe(50)
      expect((await levelOf("SHIRT-M")).stocked).toBe(50)
    })
  })

  describe("POST /admin/inventory/batch-update", () => {
    it("sets stock for an admin, and says of each update what became of it", async () => {
      const admin = await bench.admin()
      const { status, data } = await admin.post("/admin/inventory/batch-update", {
        updates: [
          { sku: "SHIRT-S", stocked_quantity: 7 },
          { sku: "NO-SUCH", stocked_quantity: 1 },
        ],
      })
      expect(status).toBe(200)
      expect(data).toEqual({
        success: false,
        updated: 1,
        failed: 1,
        results: [
          { sku: "SHIRT-S", status: "updated", stocked_quantity: 7 },
          { sku: "NO-SUCH", status: "not_found", stocked_quantity: null, error: "no stock record has this SKU" },
        ],
      })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(7)
    })

    it("takes ten thousand updates, which is more than Medusa's own limit", async () => {
      const admin = await bench.admin()
      const updates = Array.from({ length: 10_000 }, (_, index) => ({ sku: `NO-SUCH-${String(index)}`, stocked_quantity: index }))
      const { status, data } = await admin.post("/admin/inventory/batch-update", { updates: [...updates, { sku: "SHIRT-S", stocked_quantity: 3 }] })
      expect([status, data.updated, data.failed]).toEqual([200, 1, 10_000])
    })

    it("takes a location and a time, and names the locations where one is needed", async () => {
      const admin = await bench.admin()
      const [second] = await bench.container.resolve("stock_location").createStockLocations([{ name: "Second" }])
      const post = (members: object) =>
        admin.post("/admin/inventory/batch-update", { updates: [{ sku: "SHIRT-S", stocked_quantity: 7, ...members }] })
      const vague = await post({})
      expect([vague.status, vague.data.type]).toEqual([400, "invalid_data"])
      expect(vague.data.message).toMatch(/^updates\[0\]\.location_id: .*Second \(sloc_/)
      const at = { location_id: second!.id }
      expect((await post({ ...at, updated_at: "2026-11-21T12:00:00Z" })).data.updated).toBe(1)
      const stale = await post({ ...at, stocked_quantity: 3, updated_at: "2026-11-21T11:00:00Z" })
      expect(stale.data.results[0]).toMatchObject({ status: "stale", stocked_quantity: 7 })
    })

    it("is closed to strangers and to the key of the Odoo side, and errs as Medusa does", async () => {
      const updates = [{ sku: "SHIRT-S", stocked_quantity: 7 }]
      expect((await bench.stranger.post("/admin/inventory/batch-update", { updates })).status).toBe(401)
      expect((await bench.client.post("/admin/inventory/batch-update", { updates })).status).toBe(401)
      const { status, data } = await (await bench.admin()).post("/admin/inventory/batch-update", { updates: [] })
      expect(status).toBe(400)
      expect(data).toEqual({ type: "invalid_data", message: "updates: must not be empty", code: "VALIDATION_ERROR" })
      const other = await (await bench.admin()).put("/admin/inventory/batch-update", { updates })
      expect([other.status, other.data.type, other.data.code]).toEqual([404, "not_found", "NOT_FOUND"])
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(50)
    })
  })

  describe("POST /admin/inventory/reduce-stock", () => {
    it("takes both bodies", async () => {
      const admin = await bench.admin()
      const order = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }])
      const one = await admin.post("/admin/inventory/reduce-stock", { sku: "SHIRT-S", quantity: 2, order_id: order.id, reason: "sold" })
      expect(one.status).toBe(200)
      expect(one.data).toEqual({
        success: true,
        inventory_item: { sku: "SHIRT-S", previous_quantity: 50, reduced_by: 2, new_quantity: 48 },
      })
      const several = await admin.post("/admin/inventory/reduce-stock", { order_id: order.id, items: [{ sku: "MUG-WHITE", quantity: 1 }] })
      expect(several.data).toMatchObject({ success: true, order_id: order.id, summary: { total_items: 1, successful: 1 } })
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0 })
    })

    it("errs as Medusa does", async () => {
      const admin = await bench.admin()
      const post = (body: unknown) => admin.post("/admin/inventory/reduce-stock", body)
      const unknown = await post({ sku: "NO-SUCH", quantity: 1 })
      expect([unknown.status, unknown.data.type, unknown.data.code]).toEqual([404, "not_found", "SKU_NOT_FOUND"])
      const tooMany = await post({ sku: "SHIRT-S", quantity: 51 })
      expect([tooMany.status, tooMany.data.type, tooMany.data.code]).toEqual([409, "conflict", "CONFLICT"])
      const bad = await post({ sku: "SHIRT-S" })
      expect([bad.status, bad.data.type]).toEqual([400, "invalid_data"])
    })
  })
})
