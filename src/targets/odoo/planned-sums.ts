import { BigNumber } from "bignumber.js"

import type { OdooTax } from "../../connection/sales-taxes"
import { roundToCurrency } from "../../wire/money"
import type { PlannedLine } from "./plan-lines"
import type { OrderSums } from "./rounding-lines"

const HUNDRED = new BigNumber(100)

/**
 * What a line comes to, as an Odoo calculates that rounds the taxes of each line.
 * @param taxes all that the line may have
 */
export function sumsOfLine(line: PlannedLine, taxes: readonly OdooTax[], currencyCode: string): OrderSums {
  const round = (amount: BigNumber) => roundToCurrency(amount, currencyCode)
  const net = round(line.priceUnit.times(line.quantity).times(HUNDRED.minus(line.discount)).dividedBy(HUNDRED))
  const own = taxes.filter(({ id }) => line.taxIds.includes(id))
  // a line has taxes of one form
  const isInclusive = own[0]?.isInclusive === true
  const rates = own.reduce((sum, { rate }) => sum.plus(rate), HUNDRED)
  const base = isInclusive ? net.times(HUNDRED).dividedBy(rates) : net
  const tax = own.reduce((sum, { rate }) => sum.plus(round(base.times(rate).dividedBy(HUNDRED))), new BigNumber(0))
  return { total: isInclusive ? net : net.plus(tax), tax }
}

/** What lines come to together. */
export const sumsOfLines = (lines: readonly OrderSums[]): OrderSums => ({
  total: lines.reduce((sum, { total }) => sum.plus(total), new BigNumber(0)),
  tax: lines.reduce((sum, { tax }) => sum.plus(tax), new BigNumber(0)),
})
