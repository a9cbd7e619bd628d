import { statusMetadata } from "../order-status"
import { idempotencyKeys } from "../schemas/idempotency"
import { ORDER_EVENTS, orderStatusBody } from "../schemas/order-webhooks"
import { orderSyncedBody, patchOrderBody } from "../schemas/orders"

const NOW = new Date("2026-11-21T12:00:00.000Z")

const read = (body: unknown) => orderStatusBody.parse(body)

describe("an order's event from Odoo", () => {
  it("is understood in the forms in which it comes", () => {
    const expected = { event_type: "order.shipped", order: { medusa_order_id: "7", tracking_number: "123", carrier_name: "DHL" } }
    for (const body of [
      { event_type: "order.shipped", order: { medusa_order_id: 7, tracking_number: 123, carrier_name: "DHL" } },
      { event: "order.shipped", order: { medusa_order_id: 7.0, carrier_tracking_ref: " 123 ", carrier: [4, "DHL"], shipped_at: false } },
      { event_type: false, event: "order.shipped", x_medusa_order_id: "7", tracking_number: "123", carrier_name: "DHL", other: {} },
      { event_type: "order.shipped", order: null, medusa_order_id: "7", tracking_number: "123", carrier_name: "DHL", items: false },
    ]) {
      expect(read(body)).toEqual(expected)
    }
  })

  it("takes a blank text for what is not given, but not for the items of a part", () => {
    const blank = {
      medusa_order_id: "", odoo_order_id: 7, odoo_order_name: " ", tracking_number: "", tracking_url: "", carrier: "", carrier_name: "",
      invoice_date: "", shipped_at: "", cancelled_reason: "", items: [{ sku: "", line_item_id: "ordli_1", quantity: 1 }],
    }
    expect(read({ event_type: "order.shipped", order: blank }).order).toEqual({
      odoo_order_id: "7",
      items: [{ lineItemId: "ordli_1", sku: undefined, quantity: 1 }],
    })
    for (const items of [[], "", [{ sku: "", quantity: 1 }]]) {
      expect(orderStatusBody.safeParse({ event_type: "order.shipped", order: { medusa_order_id: "7", items } }).success).toBe(false)
    }
    expect(orderStatusBody.safeParse({ event_type: "order.shipped", order: { medusa_order_id: "" } }).success).toBe(false)
    expect(patchOrderBody.parse({ status: "", odoo_order_id: "", odoo_status: "" })).toEqual({})
    expect(orderSyncedBody.parse({ odoo_order_id: 7, odoo_order_name: "", synced_at: "" })).toEqual({ odoo_order_id: "7" })
    expect(orderSyncedBody.safeParse({ odoo_order_id: "" }).success).toBe(false)
    expect(idempotencyKeys.parse({ event_id: "" })).toEqual({})
  })

  it("names its items by line, by SKU, or by an id that is Medusa's", () => {
    const { order } = read({
      event_type: "order.shipped",
      order: {
        medusa_order_id: "7",
        items: [{ line_item_id: "ordli_1", sku: "A", quantity: 1 }, { default_code: " A ", id: 55, quantity: "2.0" }, { id: "ordli_2", quantity: 3 }],
      },
    })
    expect(order.items).toEqual([
      { lineItemId: "ordli_1", sku: undefined, quantity: 1 },
      { lineItemId: undefined, sku: "A", quantity: 2 },
      { lineItemId: "ordli_2", sku: undefined, quantity: 3 },
    ])
  })

  it("writes its flag, its time and what it says, and nothing that it does not say", () => {
    const body = read({ event_type: "order.invoiced", order: { medusa_order_id: "7", invoice_number: "INV/7", invoiced_at: "2026-11-20 08:00:00" } })
    expect(statusMetadata(body, {}, NOW)).toEqual({
      odoo_invoiced: true,
      odoo_invoiced_at: "2026-11-20T08:00:00.000Z",
      invoice_number: "INV/7",
    })
  })

  it("keeps on a repeat what it has said before", () => {
    const first = statusMetadata(read({ event_type: "order.shipped", order: { medusa_order_id: "7", tracking_number: "T1" } }), {}, NOW)
    const later = new Date("2026-11-22T12:00:00.000Z")
    expect(statusMetadata(read({ event_type: "order.shipped", order: { medusa_order_id: "7" } }), first, later)).toEqual(first)
  })

  it("has a flag and a time of its own for each kind", () => {
    const keys = ORDER_EVENTS.map((event) => Object.keys(statusMetadata(read({ event_type: event, order: { medusa_order_id: "7" } }), {}, NOW)))
    expect(keys).toEqual(
      ["confirmed", "shipped", "delivered", "cancelled", "invoiced", "paid"].map((name) => [`odoo_${name}`, `odoo_${name}_at`])
    )
  })
})
