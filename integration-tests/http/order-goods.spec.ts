import { createInventoryItemsWorkflow, createOrderFulfillmentWorkflow, createProductsWorkflow, createStockLocationsWorkflow } from "@medusajs/medusa/core-flows"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import reconcileStock from "../../src/jobs/reconcile-stock"
import { sweepWorkflow } from "../../src/workflows"
import { guardFulfillments, unguardFulfillments } from "../../src/workflows/move-stock/guard-fulfillments"
import { Admin } from "../support/admin"
import type { CartLine } from "../support/shopper"
import { shopSuite, type Bench } from "../support/suite"
import { waitFor } from "../support/wait"

/** What one piece of a variant is made of, by the name of its stock item. */
type Recipe = { sku: string; parts: Record<string, number>; allow_backorder?: boolean; hasProfile?: boolean; requires_shipping?: boolean }

shopSuite({}, (bench) => {
  const inventory = () => bench.container.resolve(Modules.INVENTORY)

  const tell = (eventType: string, order: Record<string, unknown>) =>
    bench.client.post("/odoo/webhooks/order-status", { event_type: eventType, order })

  const reduce = (orderId: string, items: CartLine[]) => bench.client.post("/odoo/inventory/reduce", { order_id: orderId, items })

  const place = async (lines: CartLine[]) => {
    bench.standIn.answer = () => ({ body: { success: true } })
    return await bench.shopper.buy(lines)
  }

  const levelOf = async (itemId: string, locationId = bench.shop.locationId) => {
    const [level] = await inventory().listInventoryLevels({ inventory_item_id: itemId, location_id: locationId })
    return { stocked: level!.stocked_quantity, reserved: level!.reserved_quantity }
  }
  const stockOf = (sku: string, locationId?: string) => levelOf(bench.shop.variants[sku]!.inventoryItemId, locationId)

  /** Another stock location of the shop, which sells from it too. */
  const openLocation = async (name: string) => {
    const { result } = await createStockLocationsWorkflow(bench.container).run({ input: { locations: [{ name }] } })
    const { id } = result[0]!
    const link = bench.container.resolve(ContainerRegistrationKeys.LINK)
    await link.create([
      { [Modules.SALES_CHANNEL]: { sales_channel_id: bench.shop.salesChannelId }, [Modules.STOCK_LOCATION]: { stock_location_id: id } },
      { [Modules.STOCK_LOCATION]: { stock_location_id: id }, [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" } },
    ])
    return id
  }

  /** Publishes a product made of stock items that are made here; answers their ids. */
  const publish = async (recipe: Recipe, stock: number, locationId = bench.shop.locationId) => {
    const names = Object.keys(recipe.parts)
    const { result: items } = await createInventoryItemsWorkflow(bench.container).run({
      input: {
        items: names.map((sku) => ({
          sku,
          requires_shipping: recipe.requires_shipping ?? true,
          location_levels: [{ location_id: locationId, stocked_quantity: stock }],
        })),
      },
    })
    const { result } = await createProductsWorkflow(bench.container).run({
      input: {
        products: [
          {
            title: recipe.sku,
            status: "published",
            ...(recipe.hasProfile === false ? {} : { shipping_profile_id: bench.shop.shippingProfileId }),
            sales_channels: [{ id: bench.shop.salesChannelId }],
            options: [{ title: "Kind", values: ["One"] }],
            variants: [
              {
                title: "One",
                sku: recipe.sku,
                manage_inventory: true,
                allow_backorder: recipe.allow_backorder ?? false,
                options: { Kind: "One" },
                prices: [{ currency_code: "kwd", amount: 3 }],
                inventory_items: items.map(({ id }, index) => ({
                  inventory_item_id: id,
                  required_quantity: recipe.parts[names[index] ?? ""] ?? 1,
                })),
              },
            ],
          },
        ],
      },
    })
    bench.shop.variants[recipe.sku] = { id: result[0]!.variants[0]!.id, title: "One", inventoryItemId: items[0]!.id }
    return items.map(({ id }) => id)
  }

  /** Publishes a variant of its own of a stock item that there is. */
  const publishWith = async (sku: string, itemId: string, perPiece = 1) => {
    await publish({ sku, parts: { [`ITEM-${sku}`]: 1 } }, 0)
    const variantId = bench.shop.variants[sku]!.id
    const link = bench.container.resolve(ContainerRegistrationKeys.LINK)
    const of = (inventory_item_id: string) => ({ [Modules.PRODUCT]: { variant_id: variantId }, [Modules.INVENTORY]: { inventory_item_id } })
    await link.dismiss(of(bench.shop.variants[sku]!.inventoryItemId))
    await link.create({ ...of(itemId), data: { required_quantity: perPiece } })
    return variantId
  }

  const shipped = (admin: Admin, id: string) => admin.order(id).then((order) => [order.fulfillment_status, order.fulfillments.length])

  describe("goods of an order that Odoo ships", () => {
    it("leave in several parcels, the last pieces of their kind too", async () => {
      const admin = await Admin.signIn(bench)
      await bench.client.post("/odoo/inventory/update", { sku: "SHIRT-S", quantity: 3 })
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      for (const [number, quantity] of [["ONE", 1], ["TWO", 2]] as const) {
        const { status, data } = await tell("order.shipped", { medusa_order_id: id, tracking_number: number, items: [{ sku: "SHIRT-S", quantity }] })
        expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
      }
      const order = await admin.order(id)
      expect(order.fulfillment_status).toBe("shipped")
      expect(order.fulfillments.flatMap(({ labels }) => labels.map((label) => label.tracking_number)).sort()).toEqual(["ONE", "TWO"])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 0, reserved: 0 })
    })

    it("leave from the locations at which they are reserved", async () => {
      const admin = await Admin.signIn(bench)
      const depot = await openLocation("Depot")
      const [lampId] = await publish({ sku: "LAMP", parts: { "ITEM-LAMP": 1 } }, 5, depot)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 1 }, { sku: "LAMP", quantity: 2 }])
      const { status, data } = await tell("order.shipped", { medusa_order_id: id })
      expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
      const order = await admin.order(id)
      expect(order.fulfillments.map(({ location_id: at }) => at).sort()).toEqual([bench.shop.locationId, depot].sort())
      expect(await levelOf(lampId!, depot)).toEqual({ stocked: 3, reserved: 0 })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 49, reserved: 0 })
    })

    it("leave from each location once where a person has reserved one line at two of them", async () => {
      const admin = await Admin.signIn(bench)
      const depot = await openLocation("Depot")
      const { inventoryItemId } = bench.shop.variants["SHIRT-S"]!
      await inventory().createInventoryLevels([{ inventory_item_id: inventoryItemId, location_id: depot, stocked_quantity: 20 }])
      const { id } = await place([{ sku: "SHIRT-S", quantity: 5 }])
      const [line] = (await admin.order(id)).items
      const [reservation] = await inventory().listReservationItems({ line_item_id: [line!.id] })
      const at = reservation!.location_id
      const other = at === depot ? bench.shop.locationId : depot
      const before = { here: await stockOf("SHIRT-S", at), there: await stockOf("SHIRT-S", other) }
      await admin.post(`/admin/reservations/${reservation!.id}`, { quantity: 1 })
      for (const location_id of [at, other]) {
        await admin.post("/admin/reservations", { line_item_id: line!.id, inventory_item_id: inventoryItemId, location_id, quantity: 2 })
      }
      const part = await tell("order.shipped", { medusa_order_id: id, tracking_number: "ONE", items: [{ sku: "SHIRT-S", quantity: 1 }] })
      expect([part.status, part.data.effects ?? part.data.error]).toEqual([200, ["fulfilled", "shipped"]])
      const rest = await tell("order.shipped", { medusa_order_id: id })
      expect([rest.status, rest.data.effects ?? rest.data.error]).toEqual([200, ["fulfilled", "shipped"]])
      expect((await admin.order(id)).fulfillment_status).toBe("shipped")
      expect(await stockOf("SHIRT-S", at)).toEqual({ stocked: before.here.stocked - 3, reserved: 0 })
      expect(await stockOf("SHIRT-S", other)).toEqual({ stocked: before.there.stocked - 2, reserved: 0 })
    })

    it("leave with all parts of a bundle, wherever these lie", async () => {
      const admin = await Admin.signIn(bench)
      const [cup, saucer] = await publish({ sku: "TEA-SET", parts: { CUP: 2, SAUCER: 3 } }, 20)
      const { id } = await place([{ sku: "TEA-SET", quantity: 3 }])
      await reduce(id, [{ sku: "TEA-SET", quantity: 2 }])
      expect([await levelOf(cup!), await levelOf(saucer!)]).toEqual([{ stocked: 16, reserved: 2 }, { stocked: 14, reserved: 3 }])
      await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "TEA-SET", quantity: 1 }] })
      expect([await levelOf(cup!), await levelOf(saucer!)]).toEqual([{ stocked: 16, reserved: 2 }, { stocked: 14, reserved: 3 }])
      await tell("order.shipped", { medusa_order_id: id })
      expect([await levelOf(cup!), await levelOf(saucer!)]).toEqual([{ stocked: 14, reserved: 0 }, { stocked: 11, reserved: 0 }])
      expect(await shipped(admin, id)).toEqual(["shipped", 2])
    })

    it("leave although the shop had none of what it sells without having it", async () => {
      const admin = await Admin.signIn(bench)
      const [poster] = await publish({ sku: "POSTER", parts: { "ITEM-POSTER": 1 }, allow_backorder: true }, 1)
      const { id } = await place([{ sku: "POSTER", quantity: 3 }])
      expect(await levelOf(poster!)).toEqual({ stocked: 1, reserved: 3 })
      await tell("order.shipped", { medusa_order_id: id, tracking_number: "ONE", items: [{ sku: "POSTER", quantity: 2 }] })
      expect(await levelOf(poster!)).toEqual({ stocked: -1, reserved: 1 })
      const { data } = await reduce(id, [{ sku: "POSTER", quantity: 3 }])
      expect(data.results[0]).toMatchObject({ status: "reduced", previous_quantity: -1, new_quantity: -2, reduced_by: 1 })
      await tell("order.shipped", { medusa_order_id: id })
      expect(await levelOf(poster!)).toEqual({ stocked: -2, reserved: 0 })
      expect((await admin.order(id)).fulfillment_status).toBe("shipped")
      // what Odoo counts is true whatever the shop thought
      await bench.client.post("/odoo/inventory/update", { sku: "POSTER", quantity: 7 })
      expect(await levelOf(poster!)).toEqual({ stocked: 7, reserved: 0 })
    })

    it("leave although their product has no shipping profile, beside goods that have one and goods that need no shipping", async () => {
      const admin = await Admin.signIn(bench)
      const [vase] = await publish({ sku: "VASE", parts: { "ITEM-VASE": 1 } }, 5)
      const [voucher] = await publish({ sku: "VOUCHER", parts: { "ITEM-VOUCHER": 1 }, hasProfile: false, requires_shipping: false }, 5)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 1 }, { sku: "VASE", quantity: 2 }, { sku: "VOUCHER", quantity: 1 }])
      const [product] = await bench.container.resolve(Modules.PRODUCT).listProducts({ title: "VASE" })
      // the store sells nothing that it can not ship: the profile goes after the sale
      await bench.container.resolve(ContainerRegistrationKeys.LINK).dismiss([
        { [Modules.PRODUCT]: { product_id: product!.id }, [Modules.FULFILLMENT]: { shipping_profile_id: bench.shop.shippingProfileId } },
      ])
      const { status, data } = await tell("order.shipped", { medusa_order_id: id, tracking_number: "TRK-7" })
      expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
      expect(await shipped(admin, id)).toEqual(["shipped", 3])
      expect([await levelOf(vase!), await levelOf(voucher!)]).toEqual([{ stocked: 3, reserved: 0 }, { stocked: 4, reserved: 0 }])
      await tell("order.delivered", { medusa_order_id: id })
      expect((await admin.order(id)).fulfillment_status).toBe("delivered")
    })

    it("leave a stock as it is that Odoo has counted without them already", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      const { data } = await bench.client.post("/odoo/inventory/update", { sku: "SHIRT-S", quantity: 1 })
      expect(data).toMatchObject({ success: true, new_quantity: 1, oversold_by: 2 })
      expect((await tell("order.shipped", { medusa_order_id: id })).status).toBe(200)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 1, reserved: 0 })
    })

    it("leave as far as Medusa lets them, and what it refuses stands in the answer and among the failures", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 4 }])
      const mug = (await admin.order(id)).items.find(({ variant_sku: sku }) => sku === "MUG-WHITE")!
      await bench.container.resolve(Modules.ORDER).updateOrderLineItems(mug.id, { requires_shipping: false })
      await inventory().deleteReservationItemsByLineItem([mug.id])
      await bench.client.post("/odoo/inventory/update", { sku: "MUG-WHITE", quantity: 0 })
      const { status, data } = await tell("order.shipped", { medusa_order_id: id })
      expect([status, data.error.code]).toEqual([409, "CONFLICT"])
      const undone = [{ line_item_id: mug.id, sku: "MUG-WHITE", quantity: 4, reason: expect.stringContaining("No stock reservation") as unknown }]
      expect(data.error.details).toEqual({ effects: ["fulfilled", "shipped"], undone })
      const api = await bench.admin()
      const { refusals } = (await api.get("/admin/odoo/refusals")).data
      expect(refusals).toMatchObject([{ record_id: id, said: "order.shipped", details: { undone } }])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0 })
    })
  })

  const packIn = async (api: Awaited<ReturnType<Bench["admin"]>>, id: string, quantity: number) => {
    const { data } = await api.get<{ order: { items: { id: string }[] } }>(`/admin/orders/${id}`)
    const items = [{ id: data.order.items[0]!.id, quantity }]
    return await api.post(`/admin/orders/${id}/fulfillments`, { items, location_id: bench.shop.locationId })
  }
  const settled = async () => {
    const movements = await bench.odoo.listOdooMovements({})
    return movements.every(({ unsettled_since: since }) => since === null)
  }

  /** What holds of every fulfillment that is requested of Medusa's API. */
  const packedInTheDashboard = () => {
    it("do not leave again when a person packs them in the dashboard, nor come back when that is canceled", async () => {
      const api = await bench.admin()
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 1 })
      const packed = await packIn(api, id, 3)
      expect(packed.status).toBe(200)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
      await waitFor("the stock is settled", settled)
      const { data } = await api.get<{ order: { fulfillments: { id: string }[] } }>(`/admin/orders/${id}`, { params: { fields: "*fulfillments" } })
      expect((await api.post(`/admin/orders/${id}/fulfillments/${data.order.fulfillments[0]!.id}/cancel`, {})).status).toBe(200)
      await waitFor("what Odoo has taken is out again", async () => (await stockOf("SHIRT-S")).stocked === 48)
      await waitFor("the stock is settled", settled)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 1 })
      expect((await api.post(`/admin/orders/${id}/cancel`)).status).toBe(200)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 0 })
    })

    it("stay out of it when a person may not pack them, or nobody knows who asks", async () => {
      const api = await bench.admin()
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      for (const who of [bench.stranger, bench.client]) {
        expect((await who.post(`/admin/orders/${id}/fulfillments`, { items: [{ id: "any", quantity: 1 }] })).status).toBe(401)
      }
      expect((await packIn(api, id, 4)).status).toBe(400)
      expect((await api.post(`/admin/orders/${id}/fulfillments`, { items: [{ id: "ordli_none", quantity: 1 }] })).status).toBe(400)
      expect((await api.post(`/admin/orders/${id}/fulfillments`, { items: "none" })).status).toBe(400)
      await waitFor("the stock is settled", settled)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 1 })
    })

    it("leave once when who packs them goes away before it is done", async () => {
      const api = await bench.admin()
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }])
      const [line] = (await new Admin(api).order(id)).items
      const impatient = new AbortController()
      await bench.container.resolve(Modules.LOCKING).execute(`odoo:order:${id}`, async () => {
        const items = [{ id: line!.id, quantity: 3 }]
        const packing = api.post(`/admin/orders/${id}/fulfillments`, { items, location_id: bench.shop.locationId }, { signal: impatient.signal })
        setTimeout(() => {
          impatient.abort()
        }, 500)
        await expect(packing).rejects.toThrow("canceled")
      })
      await waitFor("it is packed all the same", async () => (await new Admin(api).order(id)).fulfillments.length === 1)
      expect((await tell("order.shipped", { medusa_order_id: id })).data.effects).toEqual(["shipped"])
      await waitFor("the stock is settled", settled)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
    })
  }

  describe("goods that Odoo has taken out of the stock, where the steps of Medusa's workflow can not be reached", () => {
    beforeAll(() => {
      unguardFulfillments()
    })

    afterAll(() => {
      guardFulfillments()
    })

    packedInTheDashboard()

    it("are said in the log not to come back for other plugins", async () => {
      const warn = jest.spyOn(bench.container.resolve(ContainerRegistrationKeys.LOGGER), "warn").mockImplementation(() => undefined)
      await bench.odoo.__hooks.onApplicationStart()
      const warned = warn.mock.calls.map(([text]) => text)
      warn.mockRestore()
      expect(warned).toEqual([expect.stringMatching(/steps of Medusa's fulfillments can not be reached/)])
    })
  })

  describe("goods that Odoo has taken out of the stock", () => {
    packedInTheDashboard()

    it("do not leave again when another plugin packs them, and stay out when Medusa refuses that", async () => {
      const { id } = await place([{ sku: "SHIRT-M", quantity: 3 }])
      const before = await stockOf("SHIRT-M")
      expect((await reduce(id, [{ sku: "SHIRT-M", quantity: 3 }])).status).toBe(200)
      const left = await stockOf("SHIRT-M")
      expect(left).toEqual({ stocked: before.stocked - 3, reserved: before.reserved - 3 })
      const order = await bench.container.resolve(Modules.ORDER).retrieveOrder(id, { relations: ["items"] })
      const pack = (quantity: number) =>
        createOrderFulfillmentWorkflow(bench.container).run({
          input: { order_id: id, items: [{ id: order.items![0]!.id, quantity }], location_id: bench.shop.locationId },
          throwOnError: false,
        })
      expect((await pack(4)).errors).toHaveLength(1)
      expect((await pack(2)).errors).toEqual([])
      const afterOne = () => waitFor("the stock is settled", async () => (await stockOf("SHIRT-M")).stocked === left.stocked)
      await afterOne()
      expect((await pack(1)).errors).toEqual([])
      await afterOne()
      expect(await stockOf("SHIRT-M")).toEqual(left)
      const packed = await (await Admin.signIn(bench)).order(id)
      expect(packed.fulfillment_status).toBe("fulfilled")
    })

    it("leave once where a fulfillment said so before, in part too", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 5 }])
      await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "SHIRT-S", quantity: 3 }] })
      const first = await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      expect(first.data.results[0]).toMatchObject({ status: "already_reduced", reduced_by: 0 })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 2 })
      const second = await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      expect(second.data.results[0]).toMatchObject({ status: "reduced", previous_quantity: 47, new_quantity: 46, reduced_by: 1 })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 46, reserved: 1 })
    })

    it("are not taken for those of another variant that is made of the same", async () => {
      const [bottle] = await publish({ sku: "WINE", parts: { BOTTLE: 1 } }, 10)
      const promo = await publishWith("WINE-PROMO", bottle!)
      expect(promo).toBeDefined()
      const { id } = await place([{ sku: "WINE", quantity: 1 }, { sku: "WINE-PROMO", quantity: 1 }])
      await reduce(id, [{ sku: "WINE", quantity: 1 }])
      expect(await levelOf(bottle!)).toEqual({ stocked: 9, reserved: 1 })
      await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "WINE-PROMO", quantity: 1 }] })
      expect(await levelOf(bottle!)).toEqual({ stocked: 8, reserved: 0 })
    })

    it("stay out when a fulfillment is canceled and no event tells of it", async () => {
      const api = await bench.admin()
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 3 }])
      await packIn(api, id, 2)
      await waitFor("the stock is settled", settled)
      const [fulfillment] = (await new Admin(api).order(id)).fulfillments
      const bus = bench.container.resolve(Modules.EVENT_BUS)
      const silence = jest.spyOn(Object.getPrototypeOf(bus) as typeof bus, "emit").mockResolvedValue()
      try {
        await api.post(`/admin/orders/${id}/fulfillments/${fulfillment!.id}/cancel`, {})
      } finally {
        silence.mockRestore()
      }
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 49, reserved: 2 })
      await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw("UPDATE odoo_sweep SET next_at = now()")
      await sweepWorkflow(bench.container).run()
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
    })

    it("leave once although their variant is deleted meanwhile", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 1 }])
      expect((await bench.client.delete("/odoo/products/SHIRT-S")).status).toBe(200)
      await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "SHIRT-S", quantity: 1 }] })
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 49, reserved: 2 })
      expect((await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])).data.results[0]).toMatchObject({ status: "reduced", reduced_by: 2 })
      const { status, data } = await tell("order.shipped", { medusa_order_id: id })
      expect([status, data.effects ?? data.error]).toEqual([200, ["fulfilled", "shipped"]])
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 47, reserved: 0 })
    })

    it.each([
      { ordered: 3, edited: 4, after: { stocked: 47, reserved: 1 }, end: { stocked: 46, reserved: 0 } },
      { ordered: 5, edited: 3, after: { stocked: 45, reserved: 0 }, end: { stocked: 45, reserved: 0 } },
    ])("stay out when the order is edited from $ordered to $edited", async ({ ordered, edited, after, end }) => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: ordered }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: ordered }])
      const [line] = (await admin.order(id)).items
      await admin.post("/admin/order-edits", { order_id: id })
      await admin.post(`/admin/order-edits/${id}/items/item/${line!.id}`, { quantity: edited })
      await admin.post(`/admin/order-edits/${id}/request`)
      await admin.post(`/admin/order-edits/${id}/confirm`)
      await waitFor("the edit is settled", async () => JSON.stringify(await stockOf("SHIRT-S")) === JSON.stringify(after))
      await tell("order.shipped", { medusa_order_id: id })
      expect(await stockOf("SHIRT-S")).toEqual(end)
    })

    it("are settled by whoever comes next when a process has died over them", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])
      // as if they had been put back for a fulfillment that was never made
      const { inventoryItemId } = bench.shop.variants["SHIRT-S"]!
      const db = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const [line] = (await (await Admin.signIn(bench)).order(id)).items
      const [reservation] = await inventory().listReservationItems({ line_item_id: [line!.id] })
      await inventory().updateReservationItems([{ id: reservation!.id, quantity: 3 }])
      await inventory().adjustInventory(inventoryItemId, bench.shop.locationId, 2)
      await db("odoo_movement").update({ via: "fulfilment", location_id: null, unsettled_since: new Date(Date.now() - 120_000) })
      await reconcileStock(bench.container)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 48, reserved: 1 })
      expect(await settled()).toBe(true)
    })
  })

  describe("goods that have left one of several locations", () => {
    it("are shown as they are there, not as they are elsewhere", async () => {
      const depot = await openLocation("Depot")
      const { inventoryItemId } = bench.shop.variants["SHIRT-S"]!
      await inventory().createInventoryLevels([{ inventory_item_id: inventoryItemId, location_id: depot, stocked_quantity: 7 }])
      const { id } = await place([{ sku: "SHIRT-S", quantity: 2 }])
      const [reservation] = await inventory().listReservationItems({ inventory_item_id: inventoryItemId })
      await tell("order.shipped", { medusa_order_id: id })
      const { stocked } = await stockOf("SHIRT-S", reservation!.location_id)
      const shown = { status: "already_reduced", previous_quantity: stocked, new_quantity: stocked, reduced_by: 0 }
      for (let said = 0; said < 2; said += 1) {
        expect((await reduce(id, [{ sku: "SHIRT-S", quantity: 2 }])).data.results).toEqual([{ sku: "SHIRT-S", ...shown }])
      }
    })

    it("are shown there after a reduction too", async () => {
      const depot = await openLocation("Depot")
      const [lampId] = await publish({ sku: "LAMP", parts: { "ITEM-LAMP": 1 } }, 5, depot)
      const { id } = await place([{ sku: "LAMP", quantity: 2 }])
      await reduce(id, [{ sku: "LAMP", quantity: 2 }])
      const { data } = await reduce(id, [{ sku: "LAMP", quantity: 2 }])
      expect(data.results).toMatchObject([{ status: "already_reduced", previous_quantity: 3, new_quantity: 3 }])
      expect(await levelOf(lampId!, depot)).toEqual({ stocked: 3, reserved: 0 })
    })
  })

  describe("a kit whose parts Odoo names in its place", () => {
    const KIT = { sku: "TEA-SET", parts: { CUP: 2, SAUCER: 3 } }

    it("is taken out of the stock, as far as the parts make whole ones, and the rest is named", async () => {
      const [cup, saucer] = await publish(KIT, 20)
      const { id } = await place([{ sku: "TEA-SET", quantity: 3 }])
      const { status, data } = await reduce(id, [{ sku: "CUP", quantity: 5 }, { sku: "saucer", quantity: 6 }])
      expect([status, data.success, data.summary]).toMatchObject([200, false, { successful: 1, failed: 1 }])
      expect(data.results).toMatchObject([
        { sku: "CUP", status: "reduced", previous_quantity: 20, new_quantity: 16, reduced_by: 4, left_over: 1, error: expect.stringContaining("TEA-SET") as unknown },
        { sku: "saucer", status: "reduced", previous_quantity: 20, new_quantity: 14, reduced_by: 6 },
      ])
      expect([await levelOf(cup!), await levelOf(saucer!)]).toEqual([{ stocked: 16, reserved: 2 }, { stocked: 14, reserved: 3 }])
      const lone = await reduce(id, [{ sku: "CUP", quantity: 1 }])
      expect([lone.status, lone.data.results]).toMatchObject([200, [{ status: "failed", reduced_by: 0, left_over: 1 }]])
      const rest = await reduce(id, [{ sku: "CUP", quantity: 2 }, { sku: "SAUCER", quantity: 3 }])
      expect(rest.data.results).toMatchObject([{ status: "reduced", reduced_by: 2 }, { status: "reduced", reduced_by: 3 }])
      const again = await reduce(id, [{ sku: "CUP", quantity: 6 }, { sku: "SAUCER", quantity: 9 }])
      expect([again.data.success, again.data.results]).toMatchObject([true, [{ status: "already_reduced" }, { status: "already_reduced" }]])
      expect([await levelOf(cup!), await levelOf(saucer!)]).toEqual([{ stocked: 14, reserved: 0 }, { stocked: 11, reserved: 0 }])
    })

    it("is not taken out of the stock by a repeat of the same goods that are sold by themselves", async () => {
      await publishWith("TWIN", bench.shop.variants["MUG-WHITE"]!.inventoryItemId, 2)
      const { id } = await place([{ sku: "MUG-WHITE", quantity: 2 }, { sku: "TWIN", quantity: 1 }])
      const before = await stockOf("MUG-WHITE")
      for (const [quantity, status, left] of [[2, "reduced", 2], [2, "already_reduced", 2], [4, "reduced", 4], [4, "already_reduced", 4], [2, "already_reduced", 4]] as const) {
        const { data } = await reduce(id, [{ sku: "MUG-WHITE", quantity }])
        expect(data.results).toMatchObject([{ status }])
        expect(await stockOf("MUG-WHITE")).toEqual({ stocked: before.stocked - left, reserved: before.reserved - left })
      }
    })

    it("is shipped, beside goods that are a part of it and are sold by themselves", async () => {
      const admin = await Admin.signIn(bench)
      const [cup] = await publish(KIT, 20)
      await publishWith("CUP", cup!)
      const { id } = await place([{ sku: "TEA-SET", quantity: 1 }, { sku: "CUP", quantity: 1 }])
      const parcel = { medusa_order_id: id, tracking_number: "T1", items: [{ sku: "CUP", quantity: 3 }, { sku: "SAUCER", quantity: 3 }] }
      for (const effects of [["fulfilled", "shipped"], []]) {
        const { status, data } = await tell("order.shipped", parcel)
        expect([status, data.success, data.effects ?? data.error, data.failed]).toEqual([200, true, effects, undefined])
      }
      expect((await admin.order(id)).fulfillment_status).toBe("shipped")
      expect(await levelOf(cup!)).toEqual({ stocked: 17, reserved: 0 })
    })

    it("does not leave with a repeat of the same goods that are sold by themselves", async () => {
      const admin = await Admin.signIn(bench)
      await publishWith("TWIN", bench.shop.variants["MUG-WHITE"]!.inventoryItemId, 2)
      const items = [{ sku: "MUG-WHITE", quantity: 2 }]
      const placed = async () => (await place([{ sku: "MUG-WHITE", quantity: 2 }, { sku: "TWIN", quantity: 1 }])).id
      for (const said of [{ tracking_number: "T1", items }, { items }]) {
        const parcel = { medusa_order_id: await placed(), ...said }
        await tell("order.shipped", parcel)
        expect((await tell("order.shipped", parcel)).data.effects).toEqual([])
        expect(await shipped(admin, parcel.medusa_order_id)).toEqual(["partially_shipped", 1])
        const next = { ...parcel, tracking_number: "T2" }
        for (const effects of ["tracking_number" in said ? ["fulfilled", "shipped"] : ["labelled"], []]) {
          expect((await tell("order.shipped", next)).data.effects).toEqual(effects)
        }
      }
      const id = await placed()
      const mugs = (await admin.order(id)).items.find(({ variant_sku: sku }) => sku === "MUG-WHITE")!
      const api = await bench.admin()
      await api.post(`/admin/orders/${id}/fulfillments`, { items: [{ id: mugs.id, quantity: 2 }], location_id: bench.shop.locationId })
      for (const effects of [["shipped"], []]) {
        expect((await tell("order.shipped", { medusa_order_id: id, tracking_number: "T1", items })).data.effects).toEqual(effects)
      }
      expect(await shipped(admin, id)).toEqual(["partially_shipped", 1])
    })

    it("is shipped as far as its parts make whole ones, and the rest is named", async () => {
      const admin = await Admin.signIn(bench)
      await publish(KIT, 20)
      const { id } = await place([{ sku: "TEA-SET", quantity: 3 }])
      const { status, data } = await tell("order.shipped", { medusa_order_id: id, items: [{ sku: "CUP", quantity: 4 }, { sku: "SAUCER", quantity: 4 }] })
      expect([status, data.success, data.effects]).toEqual([200, false, ["fulfilled", "shipped"]])
      expect(data.failed).toMatchObject([{ sku: "CUP", error: expect.stringMatching(/^2 of CUP/) as unknown }, { sku: "SAUCER", error: expect.stringMatching(/^1 of SAUCER/) as unknown }])
      expect((await admin.order(id)).items[0]!.detail.fulfilled_quantity).toBe(1)
    })
  })

  describe("an order that Odoo cancels", () => {
    it("gives back what has not left", async () => {
      const { id } = await place([{ sku: "SHIRT-S", quantity: 3 }])
      await reduce(id, [{ sku: "SHIRT-S", quantity: 1 }])
      expect((await tell("order.cancelled", { medusa_order_id: id })).status).toBe(200)
      expect(await stockOf("SHIRT-S")).toEqual({ stocked: 49, reserved: 0 })
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(49)
    })

    it("stays as it is when it has been paid, whichever way it is said, and is shown among the failures", async () => {
      const admin = await Admin.signIn(bench)
      const { id } = await place([{ sku: "SHIRT-S", quantity: 1 }])
      await tell("order.paid", { medusa_order_id: id })
      const refused = await tell("order.cancelled", { medusa_order_id: id })
      expect([refused.status, refused.data.error.code]).toEqual([409, "CONFLICT"])
      expect(refused.data.error.message).toMatch(/paid.*refundOnCancel/)
      expect((await bench.client.patch(`/odoo/orders/${id}`, { status: "canceled" })).status).toBe(409)
      const order = await admin.order(id)
      expect([order.status, order.payment_status]).toEqual(["pending", "captured"])
      const { data } = await (await bench.admin()).get("/admin/odoo/refusals")
      expect(data.refusals.map(({ said }: { said: string }) => said).sort()).toEqual(["PATCH status=canceled", "order.cancelled"])
    })

    it("is canceled and refunded where the option says so", async () => {
      const options = jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, refundOnCancel: true })
      try {
        const admin = await Admin.signIn(bench)
        const { id } = await place([{ sku: "SHIRT-S", quantity: 1 }])
        await tell("order.paid", { medusa_order_id: id })
        expect((await tell("order.cancelled", { medusa_order_id: id })).data.effects).toEqual(["canceled"])
        const order = await admin.order(id)
        expect(order.status).toBe("canceled")
        const { data } = await bench.client.get(`/odoo/orders/${id}`)
        expect(data.order.refunds).toMatchObject([{ amount: data.order.payments[0].amount }])
        expect(await stockOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
      } finally {
        options.restore()
      }
    })
  })
})
