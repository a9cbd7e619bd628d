import type { AxiosResponse } from "axios"

import { Modules } from "@medusajs/framework/utils"
import { createPromotionsWorkflow } from "@medusajs/medusa/core-flows"

import { orderAnswerSchema, orderListAnswerSchema } from "../../src/wire/answer-schemas/orders"
import type { OrderDetail } from "../../src/wire/order-detail"
import { captureOrdersWorkflow } from "../../src/workflows"
import { Admin } from "../support/admin"
import { KUWAIT_SHOP } from "../support/shop"
import { shopSuite } from "../support/suite"

const addsUp = (order: OrderDetail) =>
  order.items.reduce((sum, item) => sum + item.subtotal, 0) - order.discount_total + order.shipping_total + order.tax_total

shopSuite({ shop: { ...KUWAIT_SHOP, taxRate: 7.7 } }, (bench) => {
  const place = () => {
    // an Odoo that takes the order without naming its own
    bench.standIn.answer = () => ({ body: { success: true } })
    return bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }, { sku: "MUG-WHITE", quantity: 3 }])
  }

  const get = (id: string | number): Promise<AxiosResponse<{ order: OrderDetail }>> => bench.client.get(`/odoo/orders/${String(id)}`)

  /** The order as the wire shows it, after making sure that it is described, adds up and totals what Medusa says. */
  const checked = async (id: string): Promise<OrderDetail> => {
    const { status, data } = await get(id)
    expect(status).toBe(200)
    expect(orderAnswerSchema.parse(data)).toEqual(data)
    expect(addsUp(data.order)).toBe(data.order.total)
    for (const item of data.order.items) {
      expect(item.subtotal - item.discount_total + item.tax_total).toBe(item.total)
    }
    expect(data.order.shipping_methods.reduce((sum, method) => sum + method.amount, 0)).toBe(data.order.shipping_total)
    return data.order
  }

  describe("GET /odoo/orders/{id}", () => {
    it("shows the order of the list with its payments, fulfillments and refunds, by either id", async () => {
      const placed = await place()
      const order = await checked(placed.id)
      const list = await bench.client.get("/odoo/orders")
      expect(orderListAnswerSchema.parse(list.data)).toEqual(list.data)
      const { payments, fulfillments, refunds, ...rest } = order
      expect(rest).toEqual(list.data.orders[0])
      expect(payments).toMatchObject([{ provider_id: "pp_system_default", amount: order.total, status: "authorized", captured_at: null }])
      expect([fulfillments, refunds]).toEqual([[], []])
      expect((await get(placed.display_id)).data.order.id).toBe(placed.id)
    })

    it("answers NOT_FOUND for ids of any form that are no order's", async () => {
      for (const id of ["order_nothing", "999", "99999999999999999999", "%00", "x".repeat(3000), "%F0%9F%98%80", "-1", "1.5", "__proto__"]) {
        const { status, data } = await bench.client.get(`/odoo/orders/${id}`)
        expect([id.slice(0, 20), status, data.error?.code]).toEqual([id.slice(0, 20), 404, "NOT_FOUND"])
      }
    })

    it("shows what was captured, shipped and given back", async () => {
      const placed = await place()
      const admin = await Admin.signIn(bench)
      await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.shipped", medusa_order_id: placed.id, tracking_number: "T1" })
      await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.paid", medusa_order_id: placed.id })
      const [collection] = (await admin.order(placed.id)).payment_collections
      await admin.post(`/admin/payments/${collection!.payments[0]!.id}/refund`, { amount: 1.255, note: "scratched" })
      const order = await checked(placed.id)
      expect(order.payments).toMatchObject([{ status: "partially_refunded", captured_at: expect.any(String) }])
      expect(order.refunds).toMatchObject([{ payment_id: order.payments[0]!.id, amount: 1255, note: "scratched" }])
      expect(order.fulfillments[0]!.items).toHaveLength(2)
      expect(order.payment_status).toBe("partially_refunded")
    })

    it("counts as updated since what became of its payments and parcels, of which the order itself knows no time", async () => {
      const placed = await place()
      const admin = await Admin.signIn(bench)
      const listedSince = async (since: string) =>
        (await bench.client.get("/odoo/orders", { params: { updated_since: since } })).data.orders.map(({ id }: { id: string }) => id)
      const beforeCapture = new Date().toISOString()
      expect(await listedSince(beforeCapture)).toEqual([])
      const [collection] = (await admin.order(placed.id)).payment_collections
      await admin.post(`/admin/payments/${collection!.payments[0]!.id}/capture`)
      expect(await listedSince(beforeCapture)).toEqual([placed.id])
      const beforeRefund = new Date().toISOString()
      expect(await listedSince(beforeRefund)).toEqual([])
      await admin.post(`/admin/payments/${collection!.payments[0]!.id}/refund`, { amount: 1 })
      expect(await listedSince(beforeRefund)).toEqual([placed.id])
    })

    it("shows an edited order as it is now: no line twice, a removed line not at all, an added one with its price", async () => {
      const placed = await place()
      const admin = await Admin.signIn(bench)
      const before = await checked(placed.id)
      const shirt = before.items.find((item) => item.sku === "SHIRT-S")!
      const mug = before.items.find((item) => item.sku === "MUG-WHITE")!
      await admin.post("/admin/order-edits", { order_id: placed.id })
      await admin.post(`/admin/order-edits/${placed.id}/items`, {
        items: [{ variant_id: bench.shop.variants["SHIRT-M"]!.id, quantity: 2 }],
      })
      await admin.post(`/admin/order-edits/${placed.id}/items/item/${shirt.id}`, { quantity: 5 })
      await admin.post(`/admin/order-edits/${placed.id}/items/item/${mug.id}`, { quantity: 0 })
      await admin.post(`/admin/order-edits/${placed.id}/request`)
      await admin.post(`/admin/order-edits/${placed.id}/confirm`)
      const order = await checked(placed.id)
      expect(order.items.map((item) => [item.sku, item.quantity]).sort()).toEqual([["SHIRT-M", 2], ["SHIRT-S", 5]])
      expect(order.total).toBe(Math.round((await admin.order(placed.id)).total * 1000))
      expect(order.subtotal).toBe(5 * 5000 + 2 * 5250)
    })

    it("counts a returned piece neither in the sums nor as refunded before it is", async () => {
      const placed = await place()
      const admin = await Admin.signIn(bench)
      await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.delivered", medusa_order_id: placed.id })
      const mug = (await checked(placed.id)).items.find((item) => item.sku === "MUG-WHITE")!
      const { return: opened } = await admin.post<{ return: { id: string } }>("/admin/returns", {
        order_id: placed.id,
        location_id: bench.shop.locationId,
      })
      await admin.post(`/admin/returns/${opened.id}/request-items`, { items: [{ id: mug.id, quantity: 1 }] })
      await admin.post(`/admin/returns/${opened.id}/request`)
      await admin.post(`/admin/returns/${opened.id}/receive`)
      await admin.post(`/admin/returns/${opened.id}/receive-items`, { items: [{ id: mug.id, quantity: 1 }] })
      await admin.post(`/admin/returns/${opened.id}/receive/confirm`)
      const order = await checked(placed.id)
      expect(order.total).toBe(Math.round((await admin.order(placed.id)).total * 1000))
      expect(order.items.find((item) => item.id === mug.id)).toMatchObject({ quantity: 3, returned_quantity: 1, subtotal: 2 * 1255 })
      expect(order.refunds).toEqual([])
    })

    it("counts shipping discounts as discount, beside those of the items", async () => {
      await createPromotionsWorkflow(bench.container).run({
        input: {
          promotionsData: [
            {
              code: "SHIPPING",
              type: "standard",
              status: "active",
              application_method: { type: "percentage", target_type: "shipping_methods", allocation: "across", value: 50, currency_code: "kwd" },
            },
            {
              code: "WHOLE",
              type: "standard",
              status: "active",
              application_method: { type: "fixed", target_type: "order", allocation: "across", value: 1, currency_code: "kwd" },
            },
          ],
        },
      })
      const placed = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }], { promotionCodes: ["WHOLE"] })
      expect(await checked(placed.id)).toMatchObject({ discount_total: 1000, shipping_total: 1500 })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      const orders = bench.container.resolve(Modules.ORDER)
      const [method] = (await orders.retrieveOrder(id, { relations: ["shipping_methods"] })).shipping_methods!
      await orders.createOrderShippingMethodAdjustments(id, [{ shipping_method_id: method!.id, code: "SHIPPING", amount: 0.75 }])
      const order = await checked(id)
      expect(order).toMatchObject({ discount_total: 750, shipping_total: 1500 })
      expect(order.total).toBe(Math.round((await (await Admin.signIn(bench)).order(id)).total * 1000))
    })

    it("shows a guest's order without addresses, in another currency, with credit, as objects without a null", async () => {
      const orders = bench.container.resolve(Modules.ORDER)
      const { id } = await orders.createOrders({
        currency_code: "jpy",
        email: "Guest@Example.com",
        items: [{ title: "Poster", quantity: 3, unit_price: 333, is_tax_inclusive: true, tax_lines: [{ code: "VAT", rate: 10 }] }],
        shipping_methods: [{ name: "Post", amount: 500 }],
      })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
      await orders.createOrderCreditLines([{ order_id: id, amount: 100, reference: "goodwill", reference_id: "1" }])
      const order = await checked(id)
      expect(order).toMatchObject({
        currency_code: "jpy",
        customer: { id: null, email: "guest@example.com", first_name: "", has_account: false },
        total: 999 + 500 - 100,
        shipping_total: 500,
        discount_total: 100,
      })
      expect(order.items).toMatchObject([{ unit_price: 333, is_tax_inclusive: true, subtotal: 908, tax_total: 91, total: 999 }])
      expect(Object.values(order.shipping_address)).toEqual(Array<string>(10).fill(""))
    })
  })
})
