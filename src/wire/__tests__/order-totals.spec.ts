import { BigNumber } from "bignumber.js"
import fc from "fast-check"

import { decorateCartTotals } from "@medusajs/framework/utils"

import { toAmount } from "../money"
import { orderTotals, type PricedLine, type PricedMethod } from "../order-totals"

const line = (members: Partial<PricedLine> = {}): PricedLine => ({
  unit_price: "10",
  quantity: "2",
  is_tax_inclusive: false,
  detail: { return_received_quantity: "0", return_dismissed_quantity: "0" },
  tax_rates: [],
  adjustments: [],
  ...members,
})

const method = (members: Partial<PricedMethod> = {}): PricedMethod => ({
  amount: "5",
  is_tax_inclusive: false,
  tax_rates: [],
  adjustments: [],
  ...members,
})

const CENT = new BigNumber("0.01")

const totalsOf = (order: { items?: PricedLine[]; shipping_methods?: PricedMethod[]; credits?: string[] }) =>
  orderTotals({ items: [], shipping_methods: [], credits: [], ...order }, CENT)

/** A decimal with up to 18 digits behind the point, as raw values hold it. */
const digits = (max: bigint) =>
  fc.tuple(fc.bigInt({ min: 0n, max: max * 10n ** 18n }), fc.integer({ min: 0, max: 18 })).map(([units, places]) =>
    new BigNumber(units.toString()).shiftedBy(-18).decimalPlaces(places).toFixed()
  )

const rates = fc.array(digits(30n), { maxLength: 3 })

const anyLine = fc.record({
  unit_price: fc.option(digits(1000n)),
  quantity: fc.nat(9).map(String),
  is_tax_inclusive: fc.boolean(),
  detail: fc.record({ return_received_quantity: fc.nat(3).map(String), return_dismissed_quantity: fc.nat(2).map(String) }),
  tax_rates: rates,
  adjustments: fc.array(fc.record({ amount: digits(50n), is_tax_inclusive: fc.boolean() }), { maxLength: 3 }),
})

const anyMethod = fc.record({
  amount: digits(50n),
  is_tax_inclusive: fc.boolean(),
  tax_rates: rates,
  adjustments: fc.array(digits(20n), { maxLength: 2 }),
})

const raw = (value: string | null) => (value === null ? null : { value, precision: 20 })

/** The same order in the form in which Medusa's modules have it. */
const medusaOrder = ({ items, shipping_methods, credits }: { items: PricedLine[]; shipping_methods: PricedMethod[]; credits: string[] }) => ({
  currency_code: "usd",
  items: items.map(({ unit_price, quantity, detail, tax_rates, adjustments, ...rest }, index) => ({
    ...rest,
    id: `line_${String(index)}`,
    unit_price: null,
    raw_unit_price: raw(unit_price),
    raw_quantity: raw(quantity),
    detail: {
      raw_return_received_quantity: raw(detail.return_received_quantity),
      raw_return_dismissed_quantity: raw(detail.return_dismissed_quantity),
    },
    tax_lines: tax_rates.map((rate) => ({ raw_rate: raw(rate) })),
    adjustments: adjustments.map(({ amount, is_tax_inclusive }) => ({ raw_amount: raw(amount), is_tax_inclusive })),
  })),
  shipping_methods: shipping_methods.map(({ amount, tax_rates, adjustments, ...rest }, index) => ({
    ...rest,
    id: `method_${String(index)}`,
    raw_amount: raw(amount),
    tax_lines: tax_rates.map((rate) => ({ raw_rate: raw(rate) })),
    adjustments: adjustments.map((value) => ({ raw_amount: raw(value) })),
  })),
  credit_lines: credits.map((value) => ({ raw_amount: raw(value) })),
})

const LINE_TOTALS = ["subtotal", "discount_subtotal", "tax_total", "total"] as const

/** All amounts of an order, as text with all digits. */
const amountsOf = (order: Record<string, unknown> & { items: object[]; shipping_methods: object[] }) => {
  const text = (value: unknown) => toAmount(value).toFixed()
  const parts = (rows: object[]) => rows.map((row) => LINE_TOTALS.map((name) => text((row as Record<string, unknown>)[name])))
  return {
    items: parts(order.items),
    shipping_methods: parts(order.shipping_methods),
    order: ["discount_subtotal", "tax_total", "credit_line_total", "total"].map((name) => text(order[name])),
  }
}

describe("orderTotals", () => {
  it("takes the discount off before it taxes", () => {
    const { total, tax_total, discount_subtotal } = totalsOf({
      items: [line({ tax_rates: ["10"], adjustments: [{ amount: "5", is_tax_inclusive: false }] })],
    })
    expect([discount_subtotal, tax_total, total].map(String)).toEqual(["5", "1.5", "16.5"])
  })

  it("takes the tax out of what holds it", () => {
    const { items } = totalsOf({
      items: [line({ is_tax_inclusive: true, tax_rates: ["4", "6"], adjustments: [{ amount: "11", is_tax_inclusive: true }], unit_price: "11" })],
    })
    expect(items[0]).toMatchObject({ subtotal: new BigNumber(20), discount_subtotal: new BigNumber(10), total: new BigNumber(11) })
  })

  it("counts what came back no more, nor its share of the discount", () => {
    const { items } = totalsOf({
      items: [
        line({
          quantity: "4",
          detail: { return_received_quantity: "1", return_dismissed_quantity: "1" },
          adjustments: [{ amount: "8", is_tax_inclusive: false }],
        }),
      ],
    })
    expect(items[0]).toMatchObject({ subtotal: new BigNumber(20), discount_subtotal: new BigNumber(4), total: new BigNumber(16) })
  })

  it("takes credits off, those that Medusa takes for none excepted", () => {
    expect(String(totalsOf({ shipping_methods: [method()], credits: ["1.5", "0.25"] }).total)).toBe("3.25")
    expect(String(totalsOf({ shipping_methods: [method()], credits: ["0.01"] }).total)).toBe("5")
  })

  it("keeps what else a line and a method are", () => {
    const { items, shipping_methods } = orderTotals(
      { items: [{ ...line(), title: "Cup" }], shipping_methods: [{ ...method(), name: "Post" }], credits: [] },
      CENT
    )
    expect([items[0]?.title, shipping_methods[0]?.name]).toEqual(["Cup", "Post"])
  })

  it("counts as Medusa does, to the last digit", () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 4 }),
        fc.array(anyMethod, { maxLength: 2 }),
        fc.array(digits(2n), { maxLength: 2 }),
        (items, shipping_methods, credits) => {
          const order = { items, shipping_methods, credits }
          const medusa = decorateCartTotals(medusaOrder(order) as never)
          expect(amountsOf(totalsOf(order))).toEqual(amountsOf(medusa as never))
        }
      ),
      { numRuns: 500 }
    )
  })
})
