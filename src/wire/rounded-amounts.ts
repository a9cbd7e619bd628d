import { isNothing, roundToCurrency, toAmount, type Amount } from "./money"

/** An amount in the source of a document: a number, a decimal text, or Medusa's object with exact digits. */
export type AmountSource = unknown

/** The amounts of a line as Medusa calculates them: all but the last two without tax. */
export type LineAmounts = {
  subtotal: AmountSource
  discount_subtotal: AmountSource
  tax_total: AmountSource
  total: AmountSource
}

/** The amounts of an order as Medusa calculates them, with those of its lines. */
export type OrderAmounts = {
  currency_code: string
  items: readonly LineAmounts[]
  shipping_methods: readonly { subtotal: AmountSource }[]
  discount_subtotal: AmountSource
  credit_line_total?: AmountSource
  tax_total: AmountSource
  total: AmountSource
}

/**
 * Splits the difference between the amounts before discount and the total into discount and tax, so that all add up to the last
 * unit. Medusa calculates with more digits than a currency has. The total stays, because the shopper pays it. The remainder of
 * rounding goes to the tax, or, without a tax, to the discount.
 */
function balance(parts: { before: Amount; discount: Amount; tax: Amount; total: Amount }) {
  const { before, discount, tax, total } = parts
  const rest = total.minus(before).plus(discount)
  const goesToTax = rest.isZero() || (!isNothing(tax) && rest.isNegative() === tax.isNegative())
  return goesToTax ? { discount, tax: rest } : { discount: discount.minus(rest), tax: toAmount(0) }
}

/**
 * The amounts of a line, rounded to the currency so that subtotal − discount + tax = total holds to the last unit.
 * @returns amounts in the major unit
 */
export function roundedLineAmounts(line: LineAmounts, currencyCode: string) {
  const round = (value: AmountSource) => roundToCurrency(toAmount(value), currencyCode)
  const subtotal = round(line.subtotal)
  const total = round(line.total)
  return {
    subtotal,
    total,
    ...balance({ before: subtotal, discount: round(line.discount_subtotal), tax: toAmount(line.tax_total), total }),
  }
}

/**
 * The sums of an order, rounded to the currency so that the items' subtotals − discount + shipping + tax = total holds to the last
 * unit, and `shipping` is the sum of the shipping methods' amounts (contract 1, "Amounts"). Only the tax and the total contain
 * tax; credit lines count as discount.
 * @returns amounts in the major unit
 */
export function roundedOrderAmounts(order: OrderAmounts) {
  const round = (value: AmountSource) => roundToCurrency(toAmount(value), order.currency_code)
  const sum = (values: readonly AmountSource[]) => values.reduce((all: Amount, value) => all.plus(round(value)), toAmount(0))
  const items = sum(order.items.map((item) => item.subtotal))
  const shipping = sum(order.shipping_methods.map((method) => method.subtotal))
  const total = round(order.total)
  const discount = round(toAmount(order.discount_subtotal).plus(toAmount(order.credit_line_total)))
  return {
    items,
    shipping,
    total,
    ...balance({ before: items.plus(shipping), discount, tax: toAmount(order.tax_total), total }),
  }
}
