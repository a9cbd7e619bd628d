import { readNamedLink } from "../named-link"
import { statusMetadata } from "../order-status-event"
import { customerSyncedBody } from "../schemas/customers"
import { idempotencyKeys } from "../schemas/idempotency"
import { ORDER_EVENTS, orderStatusBody, readShippedItems } from "../schemas/order-webhooks"
import { orderSyncedBody, patchOrderBody } from "../schemas/orders"
import { reduceBody, reduceOneBody } from "../schemas/reduce"

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

  it("was not taken by Odoo at a time to come", () => {
    for (const [synced_at, isTaken] of [["2099-01-01 00:00:00", false], ["2026-11-21 10:00:00", true]] as const) {
      expect(orderSyncedBody.safeParse({ odoo_order_id: 7, synced_at }).success).toBe(isTaken)
      expect(customerSyncedBody.safeParse({ odoo_customer_id: 7, synced_at }).success).toBe(isTaken)
      const source = { odoo_id: 7, odoo_name: null, synced_at }
      expect(readNamedLink(source)?.syncedAt).toEqual(isTaken ? new Date("2026-11-21T10:00:00Z") : null)
    }
  })

  it("is no decrease without an order where a reduction names its order by a blank text", () => {
    const items = [{ sku: "A", quantity: 1 }]
    expect(reduceBody.parse({ reason: "", order_id: null, items })).toEqual({ items })
    expect(reduceOneBody.parse({ reason: " ", order_id: 7, ...items[0] })).toEqual({ order_id: "7", ...items[0] })
    for (const body of [reduceBody.safeParse({ order_id: " ", items }), reduceOneBody.safeParse({ order_id: "", ...items[0] })]) {
      expect(body.error?.issues).toMatchObject([{ path: ["order_id"], message: "must not be empty: leave it out for a decrease that belongs to no order" }])
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
    expect(customerSyncedBody.parse({ odoo_customer_id: 7, synced_at: "" })).toEqual({ odoo_customer_id: "7" })
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

  it("says its time and its carrier by Odoo's names too", () => {
    const said = (event_type: string, members: object) => read({ event_type, order: { medusa_order_id: "7", ...members } }).order
    const [sent, at] = ["2026-11-21 10:00:00", "2026-11-21T10:00:00.000Z"]
    for (const [event, name, member] of [
      ["order.confirmed", "confirmed_date", "confirmed_at"],
      ["order.confirmed", "date_order", "confirmed_at"],
      ["order.shipped", "shipped_date", "shipped_at"],
      ["order.shipped", "date_done", "shipped_at"],
      ["order.delivered", "delivered_date", "delivered_at"],
      ["order.delivered", "date_done", "delivered_at"],
      ["order.canceled", "cancelled_date", "cancelled_at"],
      ["order.invoiced", "invoiced_date", "invoiced_at"],
      ["order.paid", "paid_date", "paid_at"],
      ["order.paid", "payment_date", "paid_at"],
    ] as const) {
      expect(said(event, { [name]: sent })).toEqual({ medusa_order_id: "7", [member]: at })
    }
    expect(said("order.invoiced", { date_done: sent, date_order: sent })).toEqual({ medusa_order_id: "7" })
    expect(said("order.shipped", { shipped_at: sent, date_done: "2026-11-20 10:00:00", shipped_date: false })).toMatchObject({ shipped_at: at })
    for (const [carrier_id, carrier_name] of [[[3, "DHL"], "DHL"], [{ id: 3, name: "DHL" }, "DHL"], [3, undefined], [false, undefined]] as const) {
      expect(said("order.shipped", { carrier_id }).carrier_name).toBe(carrier_name)
    }
    expect(said("order.shipped", { carrier_id: [3, "DHL"], carrier_name: "Aramex" }).carrier_name).toBe("Aramex")
  })

  it("is refused by its type where that is a name that every object has", () => {
    for (const type of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      expect(orderStatusBody.safeParse({ event_type: type, order: { medusa_order_id: "7" } }).success).toBe(false)
    }
  })

  it("reads its items one by one, and is refused where none can be read", () => {
    const items = [{ sku: false, quantity: 1 }, { sku: "A", quantity: 1.5 }, { sku: "A", quantity: 0 }]
    const { order } = read({ event_type: "order.shipped", order: { medusa_order_id: "7", items } })
    expect(order.items).toEqual([
      { sku: "", unreadable: "needs a sku, an odoo_product_id or a line_item_id" },
      { sku: "A", lineItemId: undefined, quantity: 1.5 },
      { sku: "A", lineItemId: undefined, quantity: 0 },
    ])
    const none = orderStatusBody.safeParse({ event_type: "order.shipped", order: { medusa_order_id: "7", items: items.slice(2) } })
    expect(none.error?.issues).toMatchObject([{ message: "quantity: must be more than 0" }])
    expect(readShippedItems(order.items ?? [], false)[1]).toEqual({ sku: "A", unreadable: expect.stringContaining("fractionalQuantities") as string })
    expect(readShippedItems(order.items ?? [], true)[1]).toMatchObject({ quantity: 1.5 })
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
