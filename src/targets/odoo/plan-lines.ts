import { BigNumber } from "bignumber.js"

import type { OdooTax } from "../../connection/sales-taxes"
import type { WholeOrder } from "../../queries/read-orders"
import { isNothing, roundToCurrency, toAmount, type Amount } from "../../wire/money"

/** A line of a sale order as it is to be. */
export type PlannedLine = {
  /** the shop's name of the line, the same each time: `ordli_…`, `shipping:…`, `discount:…`, `credit` */
  key: string
  productId: number
  name: string
  quantity: Amount
  priceUnit: Amount
  /** percent */
  discount: Amount
  taxIds: readonly number[]
  /** whether Odoo's delivery module is to show the line as the delivery */
  isDelivery: boolean
  /** a rate of the line, in percent, of which Odoo has no tax; the line has no taxes then */
  missingRate?: string
}

/** What the lines of an order are made with. */
export type LineInput = {
  /** the product of a line of the order, by the line's id */
  productOf: ReadonlyMap<string, number>
  services: { shipping: number; discount: number; credit: number }
  taxes: readonly OdooTax[]
  /** whether a discount is a percentage of its line where that keeps the total, or always a line of its own */
  discounts: "percent" | "line"
  /** whether Odoo chooses the taxes, by the product and its fiscal position */
  leavesTaxes: boolean
}

/** The digits of a price that Odoo is given; Odoo calculates with the price as it is given. */
const PRICE_DIGITS = 8

/** The digits of a discount in Odoo, in percent. */
const DISCOUNT_DIGITS = 2

const HUNDRED = new BigNumber(100)

type Source = {
  key: string
  productId: number
  name: string
  quantity: Amount
  unitPrice: Amount
  isInclusive: boolean
  rates: readonly Amount[]
  /** the whole discount of the line, without tax */
  discount: Amount
  isDelivery: boolean
}

/** The taxes of a line's rates: those that are in the price where the shop's are, else the others. Or the rate of which Odoo has none. */
function taxesOf(rates: readonly Amount[], isInclusive: boolean, taxes: readonly OdooTax[]): { chosen: OdooTax[]; missingRate?: string } {
  const find = (inclusive: boolean) =>
    rates.flatMap((rate) => taxes.find((tax) => tax.isInclusive === inclusive && rate.isEqualTo(tax.rate)) ?? [])
  const found = [find(isInclusive), find(!isInclusive)]
  const complete = found.find((list) => list.length === rates.length)
  if (complete !== undefined) {
    return { chosen: complete }
  }
  const known = found.flat()
  return { chosen: [], missingRate: String(rates.find((rate) => !known.some((tax) => rate.isEqualTo(tax.rate))) ?? rates[0]) }
}

/** A discount as a percentage of its line, with the digits that Odoo keeps; null where that would change the total. */
function percentOf(before: Amount, discount: Amount, currencyCode: string): Amount | null {
  if (before.isZero()) {
    return null
  }
  const percent = discount.dividedBy(before).times(HUNDRED).decimalPlaces(DISCOUNT_DIGITS)
  const after = before.times(HUNDRED.minus(percent)).dividedBy(HUNDRED)
  return roundToCurrency(after, currencyCode).isEqualTo(roundToCurrency(before.minus(discount), currencyCode)) ? percent : null
}

/** Plans one line of the order, with its discount. */
function planLine(source: Source, currencyCode: string, { taxes, services, discounts, leavesTaxes }: LineInput): PlannedLine[] {
  const rates = source.rates.filter((rate) => !rate.isZero())
  const { chosen, ...missing } = leavesTaxes ? { chosen: [] } : taxesOf(rates, source.isInclusive, taxes)
  const factor = rates.reduce((sum, rate) => sum.plus(rate), HUNDRED).dividedBy(HUNDRED)
  const isInclusive = leavesTaxes ? source.isInclusive : chosen.length === 0 ? source.isInclusive : chosen[0]?.isInclusive === true
  const convert = (amount: Amount, fromInclusive: boolean) =>
    fromInclusive === isInclusive ? amount : isInclusive ? amount.times(factor) : amount.dividedBy(factor)
  const priceUnit = convert(source.unitPrice, source.isInclusive).decimalPlaces(PRICE_DIGITS)
  const discount = convert(source.discount, false)
  const before = priceUnit.times(source.quantity)
  const percent = isNothing(discount) ? new BigNumber(0) : discounts === "percent" ? percentOf(before, discount, currencyCode) : null
  const { key, productId, name, quantity, isDelivery } = source
  const taxIds = chosen.map(({ id }) => id)
  const line = { key, productId, name, quantity, priceUnit, discount: percent ?? new BigNumber(0), taxIds, isDelivery, ...missing }
  return percent !== null
    ? [line]
    : [
        line,
        {
          key: `discount:${key}`,
          productId: services.discount,
          name: `Discount: ${name}`,
          quantity: new BigNumber(1),
          priceUnit: discount.negated().decimalPlaces(PRICE_DIGITS),
          discount: new BigNumber(0),
          taxIds,
          isDelivery: false,
          ...missing,
        },
      ]
}

/** The name of a line of an order: the product, and the variant where it has a name of its own. */
const titleOf = ({ product_title, title, variant_title }: WholeOrder["items"][number]) => {
  const product = product_title ?? title ?? ""
  return variant_title && variant_title !== product && variant_title !== "Default variant" ? `${product}, ${variant_title}` : product
}

/**
 * The lines of the sale order of an order. Prices are Medusa's, with all digits; discounts are a percentage where that keeps the
 * line's total to the minor unit, else a line of their own; gift cards and store credit are one line without tax.
 * @param order as it was ordered; a line whose product is not known is left out
 */
export function planLines(order: WholeOrder, input: LineInput): PlannedLine[] {
  const currency = order.currency_code
  const items = order.items.flatMap((item): Source[] => {
    const productId = input.productOf.get(item.id)
    const quantity = toAmount(item.quantity)
    return productId === undefined || quantity.isZero()
      ? []
      : [
          {
            key: item.id,
            productId,
            name: titleOf(item),
            quantity,
            unitPrice: toAmount(item.unit_price),
            isInclusive: item.is_tax_inclusive,
            rates: item.tax_rates.map(toAmount),
            discount: toAmount(item.discount_subtotal),
            isDelivery: false,
          },
        ]
  })
  const methods = order.shipping_methods.map(
    (method): Source => ({
      key: `shipping:${method.id}`,
      productId: input.services.shipping,
      name: method.name,
      quantity: new BigNumber(1),
      unitPrice: toAmount(method.amount),
      isInclusive: method.is_tax_inclusive,
      rates: method.tax_rates.map(toAmount),
      discount: toAmount(method.discount_subtotal),
      isDelivery: true,
    })
  )
  const credit = toAmount(order.credit_line_total)
  const credits: PlannedLine[] = isNothing(credit)
    ? []
    : [
        {
          key: "credit",
          productId: input.services.credit,
          name: "Gift cards and store credit",
          quantity: new BigNumber(1),
          priceUnit: roundToCurrency(credit, currency).negated(),
          discount: new BigNumber(0),
          taxIds: [],
          isDelivery: false,
        },
      ]
  return [...[...items, ...methods].flatMap((source) => planLine(source, currency, input)), ...credits]
}
