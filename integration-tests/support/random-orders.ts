import { BigNumber } from "bignumber.js"
import fc from "fast-check"

import type { CreateOrderDTO } from "@medusajs/framework/types"

import { currencyDecimals } from "../../src/wire/money"

/** A decimal that has no more digits than it says, as Medusa's admin would send it. */
export const decimal = (max: number, digits: number) =>
  fc.integer({ min: 0, max: max * 10 ** digits }).map((units) => new BigNumber(units).shiftedBy(-digits).toNumber())

const taxLines = fc.array(
  decimal(30, 3).map((rate) => ({ code: "VAT", rate })),
  { maxLength: 2 }
)

/** A discount of a price: a percentage of it, with all the digits that division leaves, or a fixed amount. */
const adjustments = (price: number, digits: number, maxLength: number) =>
  fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 500 }).map((perMille) => new BigNumber(price).times(perMille).dividedBy(1000).toNumber()),
      decimal(Math.floor(price / 2), digits)
    ).chain((amount) => fc.boolean().map((inclusive) => ({ code: "SALE", amount, is_tax_inclusive: inclusive }))),
    { maxLength }
  )

const line = (digits: number) =>
  fc.record({ unit_price: decimal(500, digits), quantity: fc.integer({ min: 1, max: 9 }), is_tax_inclusive: fc.boolean(), tax_lines: taxLines })
    .chain((members) =>
      adjustments(members.unit_price * members.quantity, digits, 2).map((discounts) => ({ title: "Thing", ...members, adjustments: discounts }))
    )

/** Medusa keeps one discount of a shipping method. */
const shipping = (digits: number) =>
  fc.record({ amount: decimal(50, digits), is_tax_inclusive: fc.boolean(), tax_lines: taxLines })
    .chain((members) => adjustments(members.amount, digits, 1).map((discounts) => ({ name: "Post", ...members, adjustments: discounts })))

/** An order in a currency of no, two or three decimals, with any prices, taxes and discounts. */
export const anOrder = fc.constantFrom("jpy", "usd", "kwd").chain((currency_code) => {
  const digits = currencyDecimals(currency_code)
  return fc.record({
    currency_code: fc.constant(currency_code),
    items: fc.array(line(digits), { maxLength: 6 }),
    shipping_methods: fc.array(shipping(digits), { maxLength: 2 }),
  }) satisfies fc.Arbitrary<CreateOrderDTO>
})
