import { BigNumber } from "bignumber.js"

import type { OdooTax } from "../../connection/sales-taxes"
import { currencyDecimals, roundToCurrency, type Amount } from "../../wire/money"
import type { PlannedLine } from "./plan-lines"

/** The totals of an order, in the major unit. */
export type OrderSums = { total: Amount; tax: Amount }

/** Begins the keys of the lines that settle the difference of rounding. */
export const ROUNDING = "rounding:"

/** The smallest unit of a currency, in the major unit. */
const unitOf = (currencyCode: string): Amount => new BigNumber(10).pow(-currencyDecimals(currencyCode))

/**
 * Whether the difference between the shop's sums and Odoo's can come from rounding: at the most one unit for each line, in the total
 * and in the tax.
 */
export function comesFromRounding(shop: OrderSums, odoo: OrderSums, lines: number, currencyCode: string): boolean {
  const most = unitOf(currencyCode).times(lines + 1)
  return shop.total.minus(odoo.total).abs().isLessThanOrEqualTo(most) && shop.tax.minus(odoo.tax).abs().isLessThanOrEqualTo(most)
}

/**
 * The lines that settle the difference of rounding between the shop and Odoo, which rounds the tax of each line or of the whole order:
 * one line with a tax, whose tax is the missing tax, and one without, which takes the first one's price back. Together they change
 * tax and total by a few of the smallest units, and nothing else.
 * @param tax a tax of one of the order's lines; undefined where no line has one
 * @param step which part of the missing tax the line is to bring: a whole one at first, and half of one where Odoo's rounding of the
 *   sum has swallowed that
 * @returns null where the tax differs and there is no tax
 */
export function roundingLines(
  shop: OrderSums,
  odoo: OrderSums,
  tax: OdooTax | undefined,
  productId: number,
  currencyCode: string,
  step = 1
): PlannedLine[] | null {
  const missing = { total: shop.total.minus(odoo.total), tax: shop.tax.minus(odoo.tax) }
  const line = (key: string, priceUnit: Amount, taxIds: readonly number[]): PlannedLine => ({
    key: `${ROUNDING}${key}`,
    productId,
    name: "Rounding",
    quantity: new BigNumber(1),
    priceUnit,
    discount: new BigNumber(0),
    taxIds,
    isDelivery: false,
  })
  if (missing.tax.isZero()) {
    return missing.total.isZero() ? [] : [line("price", missing.total, [])]
  }
  if (tax === undefined || new BigNumber(tax.rate).isZero()) {
    return null
  }
  const base = roundToCurrency(missing.tax.times(100).dividedBy(tax.rate).times(step), currencyCode)
  const price = tax.isInclusive ? roundToCurrency(base.plus(missing.tax.times(step)), currencyCode) : base
  const rest = missing.total.minus(price).minus(tax.isInclusive ? 0 : missing.tax)
  return [
    line("tax", price, [tax.id]),
    ...(rest.isZero() ? [] : [line("price", rest, [])]),
  ]
}
