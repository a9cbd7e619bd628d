import { getLastFulfillmentStatus, getLastPaymentStatus } from "@medusajs/medusa/core-flows"
import fc from "fast-check"

import { statusInput } from "../derived-statuses"
import { fulfillmentStatusOf, paymentStatusOf } from "../medusa-statuses"

type MedusaOrder = Parameters<typeof getLastPaymentStatus>[0]

const status = fc.constantFrom(
  "not_paid", "awaiting", "authorized", "partially_authorized", "canceled", "failed", "completed", "partially_captured", "captured", "refunded", "requires_action"
)

const amount = fc.constantFrom("0", "10", "9.999", "9.99", "9.9", "-0.0001", "0.000000000000000001")

const time = fc.constantFrom(null, "2026-11-27T00:00:00.000Z")

const order = fc.record({
  currency_code: fc.constantFrom("kwd", "usd", "jpy", "xxx"),
  payment_collections: fc.array(
    fc.record({ status, amount, captured_amount: fc.option(amount), refunded_amount: fc.option(amount) }), { maxLength: 3 }
  ),
  fulfillments: fc.array(
    fc.record({ id: fc.constant("ful_1"), packed_at: time, shipped_at: time, delivered_at: time, canceled_at: time }), { maxLength: 3 }
  ),
  items: fc.array(
    fc.record({ quantity: fc.constantFrom("1", "2", "0.5"), detail: fc.record({ fulfilled_quantity: fc.constantFrom("0", "0.5", "1", "2") }) }), { maxLength: 3 }
  ),
})

describe("the statuses of an order in a Medusa that does not export its helpers", () => {
  it("are those that the helpers give", () => {
    fc.assert(
      fc.property(order, (stored) => {
        const input = statusInput(stored)
        expect(paymentStatusOf(input)).toBe(getLastPaymentStatus(input as MedusaOrder))
        expect(fulfillmentStatusOf(input)).toBe(getLastFulfillmentStatus(input as MedusaOrder))
      }),
      { numRuns: 5_000 }
    )
  })
})
