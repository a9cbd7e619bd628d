import { BigNumber } from "bignumber.js"
import fc from "fast-check"

import { orderDocument, type OrderItemSource, type OrderSource } from "../order-document"

const item = (members: Partial<OrderItemSource> = {}): OrderItemSource => ({
  id: "ordli_1",
  quantity: 1,
  unit_price: 1,
  subtotal: 1,
  discount_subtotal: 0,
  tax_total: 0,
  total: 1,
  ...members,
})

const order = (members: Partial<OrderSource> = {}): OrderSource => ({
  id: "order_1",
  display_id: 1,
  status: "pending",
  payment_status: "authorized",
  fulfillment_status: "not_fulfilled",
  currency_code: "kwd",
  created_at: "2026-11-21T17:34:58.123Z",
  updated_at: new Date("2026-11-21T17:34:58.123Z"),
  items: [item()],
  discount_subtotal: 0,
  tax_total: 0,
  total: 1,
  ...members,
})

describe("orderDocument", () => {
  it("shows a guest without an address as objects with empty strings, never null", () => {
    const { customer, shipping_address, billing_address } = orderDocument(
      order({ email: "Guest@Example.COM", customer: null, shipping_address: null }),
      null,
      "minor"
    )
    expect(customer).toEqual({ id: null, email: "guest@example.com", first_name: "", last_name: "", phone: "", has_account: false })
    for (const address of [shipping_address, billing_address]) {
      expect(Object.values(address)).toEqual(Array<string>(10).fill(""))
    }
  })

  it("says how many of a line came back", () => {
    const lines = [item({ quantity: 3, detail: { return_received_quantity: 1, return_dismissed_quantity: 1 } }), item({ quantity: 3 })]
    expect(orderDocument(order({ items: lines }), null, "minor").items.map((line) => line.returned_quantity)).toEqual([2, 0])
  })

  it("shows the link, in its own member and in the metadata", () => {
    const link = { odoo_id: "7", odoo_name: "S00007", odoo_status: null, synced_at: new Date("2026-11-21T18:00:00Z") }
    const { odoo, metadata } = orderDocument(order({ metadata: { gift: true } }), link, "minor")
    expect(odoo).toEqual({ synced: true, odoo_order_id: 7, odoo_order_name: "S00007", odoo_status: null, synced_at: "2026-11-21T18:00:00.000Z" })
    expect(metadata).toEqual({ gift: true, odoo_synced: true, odoo_order_id: 7, odoo_order_name: "S00007", odoo_sync_date: "2026-11-21T18:00:00.000Z" })
  })

  it("says of metadata that contradicts the link what the link says", () => {
    const { metadata } = orderDocument(order({ metadata: { odoo_synced: true, odoo_order_id: 5 } }), null, "minor")
    expect(metadata).toEqual({ odoo_synced: false, odoo_order_id: null, odoo_sync_date: null })
  })

  it("counts credits as discount, so that the sums still add up", () => {
    const document = orderDocument(order({ credit_line_total: "0.4", total: "0.6" }), null, "minor")
    expect(document).toMatchObject({ subtotal: 1000, discount_total: 400, tax_total: 0, total: 600 })
  })

  it("adds up to the last unit, however Medusa's digits fall", () => {
    const digits = fc.integer({ min: 0, max: 10_000_000 }).map((n) => new BigNumber(n).shiftedBy(-4))
    const rate = fc.integer({ min: 0, max: 3000 }).map((n) => new BigNumber(n).shiftedBy(-4))
    fc.assert(
      fc.property(
        fc.array(digits, { maxLength: 8 }),
        digits,
        rate,
        rate,
        fc.constantFrom("jpy", "usd", "kwd"),
        fc.constantFrom("minor" as const, "major" as const),
        (subtotals, shipping, taxRate, discountRate, currency, unit) => {
          const items = subtotals.map((subtotal) => item({ subtotal }))
          const subtotal = BigNumber.sum(0, ...subtotals)
          const discount = subtotal.times(discountRate)
          const tax = subtotal.minus(discount).plus(shipping).times(taxRate)
          const total = subtotal.minus(discount).plus(shipping).plus(tax)
          const document = orderDocument(
            order({ currency_code: currency, items, shipping_methods: [{ id: "ordsm_1", subtotal: shipping, discount_subtotal: 0, tax_total: 0, total: shipping }], discount_subtotal: discount, tax_total: tax, total }),
            null,
            unit
          )
          const sum = BigNumber.sum(0, ...document.items.map((line) => line.subtotal))
            .minus(document.discount_total)
            .plus(document.shipping_total)
            .plus(document.tax_total)
          expect(sum.toNumber()).toBe(document.total)
          expect(Number.isInteger(document.total) || unit === "major").toBe(true)
        }
      )
    )
  })
})
