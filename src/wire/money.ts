import { BigNumber } from "bignumber.js"

/** An amount with its exact digits, in the major unit. */
export type Amount = BigNumber

/** How amounts are spoken on the wire: integers of the minor unit, or decimals of the major one. */
export type AmountUnit = "minor" | "major"

/** How many decimals a currency has that is not listed below. */
export const DEFAULT_DECIMALS = 2

/**
 * Currencies whose number of decimals is not 2, in lower case. Source: ISO 4217, list one, column "minor unit".
 * Neither the runtime's `Intl` nor Medusa's own currency list serves: both follow how prices are displayed
 * (no decimals for IQD, say), not how they are defined.
 */
export const CURRENCY_DECIMALS: Readonly<Record<string, number>> = {
  bif: 0, clp: 0, djf: 0, gnf: 0, isk: 0, jpy: 0, kmf: 0, krw: 0, pyg: 0,
  rwf: 0, ugx: 0, uyi: 0, vnd: 0, vuv: 0, xaf: 0, xof: 0, xpf: 0,
  bhd: 3, iqd: 3, jod: 3, kwd: 3, lyd: 3, omr: 3, tnd: 3,
  clf: 4, uyw: 4,
}

/**
 * The number of decimals of a currency (ISO 4217); 2 for one that is not known.
 * @param currencyCode three letters, either case
 */
export function currencyDecimals(currencyCode: string): number {
  return CURRENCY_DECIMALS[currencyCode.toLowerCase()] ?? DEFAULT_DECIMALS
}

/**
 * Reads an amount without a detour through binary floating point where the source offers a way around it:
 * a decimal string, one of our own `BigNumber`s, or Medusa's wrapper, whose `raw.value` holds the exact digits.
 * A plain number is read by its shortest decimal form. Nothing at all is zero.
 * @throws TypeError when it is none of these
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

/**
 * Rounds a major-unit amount to what the currency can express. Half away from zero, as Odoo rounds.
 */
export function roundToCurrency(amount: BigNumber, currencyCode: string): BigNumber {
  return amount.decimalPlaces(currencyDecimals(currencyCode), BigNumber.ROUND_HALF_UP)
}

/** Medusa takes so much of the major unit for nothing (its `MEDUSA_EPSILON`). */
const NEXT_TO_NOTHING = new BigNumber("0.0001")

/** Whether an amount is nothing, or no more than what divisions leave of nothing: Medusa keeps such amounts of free orders. */
export const isNothing = (amount: BigNumber): boolean => amount.abs().isLessThanOrEqualTo(NEXT_TO_NOTHING)

/**
 * Writes a major-unit amount in the wire's unit: 5 KWD is 5000 minor, 19.99 USD is 1999, 500 JPY is 500
 * (contract 1, "Amounts"). What the currency can not express is rounded, half away from zero.
 * @returns a JSON number: an integer for `minor`, a decimal for `major`
 */
export function toWireAmount(amount: BigNumber, currencyCode: string, unit: AmountUnit): number {
  const rounded = roundToCurrency(amount, currencyCode)
  // what is rounded to 0 from below would be the number -0
  return (unit === "minor" ? rounded.shiftedBy(currencyDecimals(currencyCode)) : rounded).toNumber() + 0
}
