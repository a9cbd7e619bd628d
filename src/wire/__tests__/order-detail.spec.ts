import { fulfillmentLines } from "../fulfillment-lines"
import { paymentStatus } from "../order-detail"

const payment = (members: object) => paymentStatus({ id: "pay_1", provider_id: "pp", amount: 10, ...members })

describe("a payment's status", () => {
  it("follows from what was captured, given back and canceled", () => {
    const captured = { captured_at: "2026-11-21T12:00:00Z", captures: [{ amount: 4 }, { amount: 6 }] }
    const refund = (amount: number) => [{ id: "ref_1", amount, created_at: "2026-11-21T12:00:00Z" }]
    expect([
      payment({}),
      payment({ captures: [{ amount: 4 }] }),
      payment(captured),
      payment({ ...captured, refunds: refund(4) }),
      payment({ ...captured, refunds: refund(10) }),
      payment({ canceled_at: "2026-11-21T12:00:00Z" }),
    ]).toEqual(["authorized", "partially_captured", "captured", "partially_refunded", "refunded", "canceled"])
  })

  it("is not moved by what divisions leave of nothing", () => {
    const noise = "0.000000000000019"
    const captured = { captured_at: "2026-11-21T12:00:00Z", captures: [{ amount: 10 }] }
    const refund = (amount: string) => [{ id: "ref_1", amount, created_at: "2026-11-21T12:00:00Z" }]
    expect([
      payment({ captures: [{ amount: noise }] }),
      payment({ ...captured, refunds: refund(noise) }),
      payment({ ...captured, refunds: refund("9.999999999999981") }),
    ]).toEqual(["authorized", "captured", "refunded"])
  })
})

describe("the lines of a fulfillment", () => {
  it("count sets and not the pieces that they are made of", () => {
    const lines = [
      { id: "set", variant: { inventory_items: [{ inventory_item_id: "cup", required_quantity: 3 }, { inventory_item_id: "box", required_quantity: 1 }] } },
      { id: "plain" },
    ]
    const items = [
      { line_item_id: "set", inventory_item_id: "cup", quantity: 6 },
      { line_item_id: "set", inventory_item_id: "box", quantity: 2 },
      { line_item_id: "plain", inventory_item_id: null, quantity: "4" },
      { line_item_id: null, quantity: 9 },
    ]
    expect([...fulfillmentLines(items, lines)]).toEqual([["set", 2], ["plain", 4]])
  })
})
