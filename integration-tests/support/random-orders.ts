import { BigNumber } from "bignumber.js"
import fc from "fast-check"

import type { CreateOrderDTO } from "@medusajs/framework/types"

import { currencyDecimals } from "../../src/wire/money"

/** A decimal that has no more digits than it says, as Medusa's admin would send it. */
export const decimal = (max: number, digits: number) =>
  fc.integer({ min: 0, max: max * 10 ** digits }).map((units) => new BigNumber(units).shiftedBy(-digits).toNumber())

/** A number of pieces above zero: whole ones, and parts of one, as an order by the metre or the kilogram has them. */
export const pieces = (max: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max }) },
    { weight: 1, arbitrary: fc.constantFrom(0.001, 0.5, 1.25, 2.333, 0.333333333333) },
    { weight: 1, arbitrary: decimal(max, 3).filter((quantity) => quantity > 0) }
  )

/** What so many pieces cost, to the last digit that a number has. */
const priceOf = (unitPrice: number, quantity: number) => new BigNumber(unitPrice).times(quantity).toNumber()

const taxLines = fc.array(
  decimal(30, 3).map((rate) => ({ code: "VAT", rate })),
  { maxLength: 2 }
)

type Discount = { code: string; amount: number; is_tax_inclusive: boolean }

type Price = { amount: number; is_tax_inclusive: boolean; tax_lines: { rate: number }[] }

/**
 * All of a price, as a promotion of 100 % takes it: without tax, cut to the digits of a number, which leaves next to nothing
 * of it; or so much more or less that what is left lies about the smallest amount that counts.
 */
const wholeOf = ({ amount, is_tax_inclusive, tax_lines }: Price, digits: number): fc.Arbitrary<Discount> => {
  const rate = tax_lines.reduce((sum, line) => sum.plus(line.rate), new BigNumber(0)).dividedBy(100)
  const untaxed = new BigNumber(amount).dividedBy(is_tax_inclusive ? rate.plus(1) : 1)
  const smallest = new BigNumber(1).shiftedBy(-digits)
  return fc.constantFrom(0, 0, 0, 1e-14, -1e-14, 0.00005, 0.0001, smallest.times(0.4).toNumber(), smallest.times(0.6).toNumber())
    .map((left) => ({ code: "FREE", amount: BigNumber.max(untaxed.minus(left), 0).toNumber(), is_tax_inclusive: false }))
}

/** Discounts of a price: a percentage of it, with all the digits that division leaves, a fixed amount, or all of it. */
const adjustments = (price: Price, digits: number, maxLength: number): fc.Arbitrary<Discount[]> =>
  fc.oneof(
    { weight: 1, arbitrary: wholeOf(price, digits).map((whole) => [whole]) },
    {
      weight: 2,
      arbitrary: fc.array(
        fc.oneof(
          fc.integer({ min: 1, max: 500 }).map((perMille) => new BigNumber(price.amount).times(perMille).dividedBy(1000).toNumber()),
          decimal(Math.floor(price.amount / 2), digits)
        ).chain((amount) => fc.boolean().map((inclusive) => ({ code: "SALE", amount, is_tax_inclusive: inclusive }))),
        { maxLength }
      ),
    }
  )

const line = (digits: number) =>
  fc.record({ unit_price: decimal(500, digits), quantity: pieces(9), is_tax_inclusive: fc.boolean(), tax_lines: taxLines })
    .chain((members) =>
      adjustments({ ...members, amount: priceOf(members.unit_price, members.quantity) }, digits, 2).map((discounts) => ({ title: "Thing", ...members, adjustments: discounts }))
    )

/** Medusa keeps one discount of a shipping method. */
const shipping = (digits: number) =>
  fc.record({ amount: decimal(50, digits), is_tax_inclusive: fc.boolean(), tax_lines: taxLines })
    .chain((members) => adjustments(members, digits, 1).map((discounts) => ({ name: "Post", ...members, adjustments: discounts })))

/** Lines or shipping methods, all of which a promotion has made free. */
const freed = <P extends { unit_price?: number; amount?: number; quantity?: number; adjustments: Discount[] } & Omit<Price, "amount">>(
  parts: P[],
  digits: number
): fc.Arbitrary<P[]> =>
  fc.tuple(
    ...parts.map((part) =>
      wholeOf({ ...part, amount: part.amount ?? priceOf(part.unit_price ?? 0, part.quantity ?? 1) }, digits).map((whole) => ({ ...part, adjustments: [whole] }))
    )
  )

/** An order in a currency of no, two or three decimals, with any prices, taxes and discounts; each fourth is free, or nearly so. */
export const anOrder = fc.constantFrom("jpy", "usd", "kwd").chain((currency_code) => {
  const digits = currencyDecimals(currency_code)
  const parts = fc.record({
    items: fc.array(line(digits), { maxLength: 6 }),
    shipping_methods: fc.array(shipping(digits), { maxLength: 2 }),
  })
  const free: typeof parts = parts.chain(({ items, shipping_methods }) =>
    fc.record({ items: freed(items, digits), shipping_methods: freed(shipping_methods, digits) })
  )
  return fc.oneof({ weight: 3, arbitrary: parts }, { weight: 1, arbitrary: free }).map((bought) => ({ currency_code, ...bought })) satisfies fc.Arbitrary<CreateOrderDTO>
})
