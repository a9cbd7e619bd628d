import { BigNumber } from "bignumber.js"

import { sumOf, toAmount, type Amount } from "./money"

/** A decimal with all its digits, as the database keeps it; null is 0. */
type Decimal = string | null

/** The data from which discounts and taxes are calculated. */
type Priced = {
  is_tax_inclusive: boolean
  /** percent */
  tax_rates: readonly Decimal[]
}

/** An order line as it is stored. Its discounts are for all of its pieces, including returned ones. */
export type PricedLine = Priced & {
  unit_price: Decimal
  quantity: string
  detail: { return_received_quantity: Decimal; return_dismissed_quantity: Decimal }
  adjustments: readonly { amount: Decimal; is_tax_inclusive: boolean }[]
}

/** A shipping method as it is stored; its discounts are without tax. */
export type PricedMethod = Priced & { amount: Decimal; adjustments: readonly Decimal[] }

/** The data from which the totals of an order are calculated. */
export type PricedOrder<L extends PricedLine, M extends PricedMethod> = {
  items: readonly L[]
  shipping_methods: readonly M[]
  credits: readonly Decimal[]
}

/** Amounts in the major unit; all but the tax and the total are without tax. */
type Totals = { subtotal: Amount; discount_subtotal: Amount; tax_total: Amount; total: Amount }

/** The significant digits of the amounts in Medusa's API; Medusa calculates with all digits. */
const DIGITS_GIVEN_OUT = 20

const ZERO = new BigNumber(0)

const givenOut = (value: Amount): Amount => value.precision(DIGITS_GIVEN_OUT)

/** All rates together, as a fraction. */
const rateOf = ({ tax_rates: rates }: Priced): Amount => sumOf(rates).dividedBy(100)

const withoutTax = (amount: Amount, isInclusive: boolean, rate: Amount): Amount =>
  isInclusive ? amount.dividedBy(rate.plus(1)) : amount

/** Each rate taxes what the discount leaves. */
function taxed(subtotal: Amount, discount: Amount, rates: readonly Decimal[]): Totals {
  const taxable = subtotal.minus(discount)
  const tax = sumOf(rates.map((rate) => taxable.times(toAmount(rate).dividedBy(100))))
  return { subtotal, discount_subtotal: discount, tax_total: tax, total: taxable.plus(tax) }
}

/** The totals of a line, without returned pieces and their share of the discounts. */
function lineTotals(line: PricedLine): Totals {
  const { detail, is_tax_inclusive: isInclusive } = line
  const rate = rateOf(line)
  const quantity = toAmount(line.quantity)
  const staying = quantity.minus(toAmount(detail.return_received_quantity)).minus(toAmount(detail.return_dismissed_quantity))
  const subtotal = withoutTax(toAmount(line.unit_price).times(staying), isInclusive, rate)
  const discounts = sumOf(line.adjustments.map(({ amount, is_tax_inclusive }) => withoutTax(toAmount(amount), is_tax_inclusive, rate)))
  const discount = quantity.isZero() ? ZERO : discounts.dividedBy(quantity).times(staying)
  return taxed(subtotal, discount, line.tax_rates)
}

function methodTotals(method: PricedMethod): Totals {
  const subtotal = withoutTax(toAmount(method.amount), method.is_tax_inclusive, rateOf(method))
  return taxed(subtotal, sumOf(method.adjustments), method.tax_rates)
}

/** A part of the order, with its exact totals and with those of Medusa's API. */
const counted = <P>(part: P, totals: Totals) => ({
  totals,
  shown: {
    ...part,
    subtotal: givenOut(totals.subtotal),
    discount_subtotal: givenOut(totals.discount_subtotal),
    tax_total: givenOut(totals.tax_total),
    total: givenOut(totals.total),
  },
})

/**
 * Calculates the totals of an order as Medusa does (`decorateCartTotals`), with the same digits and the same rounding. Medusa's own
 * function takes several times as long, because it calculates much that an order's document does not show. A property test
 * compares the two.
 * @param negligible credits up to this sum count as 0; in the major unit
 * @returns each line and each shipping method with its totals, and those of the order; in the major unit
 */
export function orderTotals<L extends PricedLine, M extends PricedMethod>(order: PricedOrder<L, M>, negligible: Amount) {
  const items = order.items.map((line) => counted(line, lineTotals(line)))
  const methods = order.shipping_methods.map((method) => counted(method, methodTotals(method)))
  const parts = [...items, ...methods].map(({ totals }) => totals)
  const credits = sumOf(order.credits)
  const credit = credits.abs().isLessThanOrEqualTo(negligible) ? ZERO : credits
  const discount = sumOf(parts.map((part) => part.discount_subtotal))
  const tax = sumOf(parts.map((part) => part.tax_total))
  const total = sumOf(parts.map((part) => part.subtotal)).plus(tax).minus(discount).minus(credit)
  return {
    items: items.map(({ shown }) => shown),
    shipping_methods: methods.map(({ shown }) => shown),
    discount_subtotal: givenOut(discount),
    tax_total: givenOut(tax),
    credit_line_total: givenOut(credit),
    total: givenOut(total),
  }
}
