import { BigNumber } from "bignumber.js"

/** An amount with its exact digits, in the major unit. */
export type Amount = BigNumber

/** The unit of amounts on the wire: integers of the minor unit, or decimals of the major unit. */
export type AmountUnit = "minor" | "major"

/** The decimals of currencies that are not listed in {@link CURRENCY_DECIMALS}. */
export const DEFAULT_DECIMALS = 2

/**
 * Currencies whose number of decimals is not 2, in lower case. Source: ISO 4217, list one, column "minor unit". Neither `Intl` nor
 * Medusa's list of currencies is used, because they follow how prices are displayed (IQD without decimals, for example).
 */
export const CURRENCY_DECIMALS: Readonly<Record<string, number>> = {
  bif: 0, clp: 0, djf: 0, gnf: 0, isk: 0, jpy: 0, kmf: 0, krw: 0, pyg: 0,
  rwf: 0, ugx: 0, uyi: 0, vnd: 0, vuv: 0, xaf: 0, xof: 0, xpf: 0,
  bhd: 3, iqd: 3, jod: 3, kwd: 3, lyd: 3, omr: 3, tnd: 3,
  clf: 4, uyw: 4,
}

/**
 * The number of decimals of a currency (ISO 4217); 2 for an unknown one.
 * @param currencyCode three letters in any case
 */
export function currencyDecimals(currencyCode: string): number {
  return CURRENCY_DECIMALS[currencyCode.toLowerCase()] ?? DEFAULT_DECIMALS
}

/**
 * Reads an amount with its exact digits: from a decimal text, a `BigNumber`, or an object of Medusa's with the digits in
 * `raw.value`. Of a number, the shortest decimal form counts. Undefined and null are 0.
 * @throws TypeError for any other value
 */
export function toAmount(value: unknown): BigNumber {
  if (value === null || value === undefined) {
    return new BigNumber(0)
  }
  if (BigNumber.isBigNumber(value)) {
    return value
  }
  if (typeof value === "object") {
    if ("raw" in value) {
      return toAmount(value.raw)
    }
    if ("value" in value) {
      return toAmount(value.value)
    }
  }
  const amount = new BigNumber(typeof value === "number" ? String(value) : (value as string))
  if (!amount.isFinite()) {
    throw new TypeError(`not an amount: ${typeof value}`)
  }
  return amount
}

/** The exact sum of amounts, each of a form that {@link toAmount} reads. */
export const sumOf = (amounts: readonly unknown[]): Amount => amounts.reduce((sum: Amount, amount) => sum.plus(toAmount(amount)), new BigNumber(0))

/** Rounds an amount in the major unit to the decimals of the currency; half away from zero, as Odoo does. */
export function roundToCurrency(amount: BigNumber, currencyCode: string): BigNumber {
  return amount.decimalPlaces(currencyDecimals(currencyCode), BigNumber.ROUND_HALF_UP)
}

/** The largest amount that Medusa takes for 0, in the major unit (its `MEDUSA_EPSILON`). */
const NEXT_TO_NOTHING = new BigNumber("0.0001")

/** Whether an amount counts as 0: Medusa stores tiny remainders of divisions for free orders. */
export const isNothing = (amount: BigNumber): boolean => amount.abs().isLessThanOrEqualTo(NEXT_TO_NOTHING)

/**
 * Writes an amount in the wire's unit: 5 KWD is 5000 in the minor unit, 19.99 USD is 1999, 500 JPY is 500 (contract 1, "Amounts").
 * The amount is rounded to the currency first, half away from zero.
 * @param amount in the major unit
 * @returns a JSON number: an integer for `minor`, a decimal for `major`
 */
export function toWireAmount(amount: BigNumber, currencyCode: string, unit: AmountUnit): number {
  const rounded = roundToCurrency(amount, currencyCode)
  // adding 0 turns -0 into 0
  return (unit === "minor" ? rounded.shiftedBy(currencyDecimals(currencyCode)) : rounded).toNumber() + 0
}
