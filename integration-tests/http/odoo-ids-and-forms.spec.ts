import { createInventoryItemsWorkflow, createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"

import type { OdooOptions } from "../../src/modules/odoo/options"
import { shopSuite } from "../support/suite"

shopSuite({}, (bench) => {
  const post = (path: string, body: object) => bench.client.post(path, body)
  const tell = (event_type: string, order: Record<string, unknown>) => post("/odoo/webhooks/order-status", { event_type, order })
  const withOptions = (options: Partial<OdooOptions>) => jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, ...options })
  const setOdooId = (sku: string, odoo_id: number) =>
    bench.container.resolve(Modules.PRODUCT).updateProductVariants(bench.shop.variants[sku]!.id, { metadata: { odoo_id } })
  const place = async (sku: string, quantity: number) => {
    bench.standIn.answer = () => ({ body: { success: true } })
    return await bench.shopper.buy([{ sku, quantity }])
  }
  const idShown = async (id: string) => (await bench.client.get(`/odoo/orders/${id}`)).data.order.items[0].odoo_product_id

  /** Publishes goods with an id of Odoo's. @param perPiece how many pieces of a stock item one of them takes; null for goods whose stock is not managed */
  const publish = async (sku: string, odooId: number, perPiece: number | null) => {
    const levels = [{ location_id: bench.shop.locationId, stocked_quantity: 20 }]
    const items =
      perPiece === null
        ? []
        : (await createInventoryItemsWorkflow(bench.container).run({ input: { items: [{ sku: `${sku}-PART`, requires_shipping: true, location_levels: levels }] } })).result
    const variant = {
      title: "One",
      sku,
      manage_inventory: perPiece !== null,
      options: { Kind: "One" },
      prices: [{ currency_code: "kwd", amount: 3 }],
      metadata: { odoo_id: odooId },
      ...(perPiece === null ? {} : { inventory_items: items.map(({ id }) => ({ inventory_item_id: id, required_quantity: perPiece })) }),
    }
    const { result } = await createProductsWorkflow(bench.container).run({
      input: {
        products: [
          {
            title: sku,
            status: "published",
            shipping_profile_id: bench.shop.shippingProfileId,
            sales_channels: [{ id: bench.shop.salesChannelId }],
            options: [{ title: "Kind", values: ["One"] }],
            variants: [variant],
          },
        ],
      },
    })
    bench.shop.variants[sku] = { id: result[0]!.variants[0]!.id, title: "One", inventoryItemId: items[0]?.id ?? "" }
  }

  let known: string[] = []
  beforeEach(() => {
    known = Object.keys(bench.shop.variants)
  })
  afterEach(() => {
    jest.restoreAllMocks()
    bench.shop.variants = Object.fromEntries(Object.entries(bench.shop.variants).filter(([sku]) => known.includes(sku)))
  })

  it("ships by the shown odoo_product_id what was deleted since", async () => {
    await setOdooId("SHIRT-S", 501)
    const { id } = await place("SHIRT-S", 2)
    await bench.client.delete("/odoo/products/SHIRT-S")
    expect(await idShown(id)).toBe(501)
    expect((await tell("order.shipped", { medusa_order_id: id, items: [{ odoo_product_id: 501, quantity: 2 }] })).status).toBe(200)
  })
  it.each([["unmanaged", 502, null], ["two of the stock each", 503, 2]] as const)("ships by the shown odoo_product_id: %s", async (_, odooId, perPiece) => {
    await publish("GOODS", odooId, perPiece)
    const { id } = await place("GOODS", 2)
    expect(await idShown(id)).toBe(odooId)
    expect((await tell("order.shipped", { medusa_order_id: id, items: [{ odoo_product_id: odooId, quantity: 2 }] })).status).toBe(200)
  })
  it("reduces by odoo_product_id what is two of the stock each", async () => {
    await publish("PAIR", 504, 2)
    const { id } = await place("PAIR", 2)
    const { data } = await post("/odoo/inventory/reduce", { order_id: id, items: [{ odoo_product_id: 504, quantity: 1 }] })
    expect(data).toMatchObject({ success: true, results: [{ status: "reduced" }] })
  })
  it("finds renamed goods by Odoo's id in reductions and shipments, as pushes do", async () => {
    await setOdooId("SHIRT-M", 506)
    const item = { sku: "SHIRT-M-2026", odoo_product_id: 506 }
    expect((await post("/odoo/inventory/update", { ...item, quantity: 40 })).status).toBe(200)
    const { id } = await place("SHIRT-M", 2)
    expect((await post("/odoo/inventory/reduce", { order_id: id, items: [{ ...item, quantity: 1 }] })).data.success).toBe(true)
    expect((await tell("order.shipped", { medusa_order_id: id, items: [{ ...item, quantity: 1 }] })).status).toBe(200)
  })

  it("shows no other variant's odoo_product_id on a line", async () => {
    const common = { odoo_product_tmpl_id: 3, title: "Cap", price: 3000 }
    await post("/odoo/products", { ...common, sku: "CAP-RED", odoo_product_id: 7, attributes: { Color: "Red" } })
    const { data } = await post("/odoo/products", { ...common, sku: "CAP-BLUE", attributes: { Color: "Blue" }, inventory: { manage_inventory: false } })
    bench.shop.variants["CAP-BLUE"] = { id: data.product.variant_id, title: "Blue", inventoryItemId: "" }
    expect(await idShown((await place("CAP-BLUE", 1)).id)).toBe(null)
  })

  it.each([[-3, 5], [1, 1]])("a product's count %d with 2 reserved is oversold by %d, as by an inventory push", async (count, oversold) => {
    await place("SHIRT-M", 2)
    expect((await post("/odoo/inventory/update", { sku: "SHIRT-M", quantity: count })).data.oversold_by).toBe(oversold)
    expect((await post("/odoo/products", { sku: "SHIRT-M", qty_available: count })).data.oversold_by).toBe(oversold)
  })

  it("takes empty flags of a bulk for not sent", async () => {
    expect((await post("/odoo/products/bulk", { products: [{ sku: "SHIRT-M", price: 6000 }], atomic: "", dry_run: "" })).status).toBe(200)
  })
  it("takes an empty force of an acknowledgment, and empty metadata of a PATCH, for not sent", async () => {
    const { id } = await place("SHIRT-M", 1)
    expect((await post(`/odoo/orders/${id}/synced`, { odoo_order_id: 7, force: "" })).status).toBe(200)
    expect((await bench.client.patch(`/odoo/orders/${id}`, { odoo_status: "sale", metadata: "" })).status).toBe(200)
  })
  it("takes an empty SKU beside odoo_product_id for not sent in the older reduction", async () => {
    await setOdooId("SHIRT-M", 505)
    expect((await (await bench.admin()).post("/admin/inventory/reduce-stock", { sku: "", odoo_product_id: 505, quantity: 1 })).status).toBe(200)
  })

  it("cancels where the reason is a many2one", async () => {
    const { id } = await place("SHIRT-M", 1)
    expect((await tell("order.cancelled", { medusa_order_id: id, reason: [3, "Out of stock"] })).status).toBe(200)
  })
  it("leaves a price of a bare currency_id alone, says so, and applies the rest", async () => {
    const { status, data } = await post("/odoo/products", { sku: "SHIRT-M", barcode: "4006381333931", prices: [{ currency_id: 94, amount: 5000 }] })
    expect([status, data.product.updated, data.warnings]).toEqual([200, true, [expect.stringContaining("prices[0] was left alone")]])
  })

  it("takes -2.8e-17 for 0 in a reduction", async () => {
    const { id } = await place("SHIRT-M", 1)
    expect((await post("/odoo/inventory/reduce", { order_id: id, items: [{ sku: "SHIRT-M", quantity: 0.3 - 0.1 - 0.2 }] })).data.success).toBe(true)
  })
  it("takes 1004.9999999999999 fils for 1005", async () => {
    expect((await post("/odoo/products", { sku: "SHIRT-M", price: 1.005 * 1000 })).status).toBe(200)
  })
  it("finds free_qty 0.2 unchanged where 0.3 less 0.1 is there", async () => {
    withOptions({ fractionalQuantities: true })
    const inventory = bench.container.resolve(Modules.INVENTORY)
    const at = { inventory_item_id: bench.shop.variants["SHIRT-S"]!.inventoryItemId, location_id: bench.shop.locationId }
    await inventory.updateInventoryLevels([{ ...at, stocked_quantity: 0.3 }])
    await inventory.createReservationItems([{ ...at, quantity: 0.1 }])
    const { data } = await post("/odoo/products/bulk", { dry_run: true, products: [{ sku: "SHIRT-S", title: "Shirt of cotton", free_qty: 0.2 }] })
    expect(data.results.items).toMatchObject([{ changes: ["title"] }])
  })
})
