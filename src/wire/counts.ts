import { z } from "zod"
import { BigNumber } from "bignumber.js"

import { MAX_QUANTITY, numericString } from "./normalise"

/**
 * How far a number may be from a whole one and still count as whole. Odoo adds quantities as floats, so that 12 pieces arrive as
 * 12.000000000000002 (contract 5).
 */
export const NOISE = 0.000001

/** A quantity of any size, also one that is too large for the shop's stock. */
export const anyQuantitySchema = z.preprocess(numericString, z.number("must be a number"))

const number = z.number("must be a number").max(MAX_QUANTITY, `must not be above ${String(MAX_QUANTITY)}`)

/**
 * A quantity as Odoo sends it: of either sign, possibly with a fraction, possibly as the text `"75.0"`. `readCount` and
 * `readPieces` make a quantity of the shop of it, depending on an option.
 */
export const statedQuantitySchema = z.preprocess(numericString, number.min(-MAX_QUANTITY, `must not be below -${String(MAX_QUANTITY)}`))

/** Rounds a number to a whole one where only the noise of binary floating point makes a difference. */
function withoutNoise(stated: number): number {
  const nearest = Math.round(stated)
  return Math.abs(stated - nearest) <= NOISE ? nearest + 0 : stated
}

/** The pieces that have left the stock, as Odoo sends them. `readPieces` decides whether a fraction is allowed. */
export const piecesLeftSchema = z.preprocess((value) => {
  const stated = numericString(value)
  return typeof stated === "number" ? withoutNoise(stated) : stated
}, number.min(0, "must not be negative: it says how many pieces have left"))

/** The stock that a count sets, and how it differs from the stated count. */
export type CountReading = {
  /** the stock to set; 0 or more */
  quantity: number
  /** the stated fraction, where it was rounded down to whole pieces */
  rounded_from?: number
  /** how many pieces the count is below 0: Odoo has delivered more than it had */
  oversold_by?: number
}

/**
 * Reads a count in the same way for all pushes (contract 5): noise of floating point is removed, a fraction is rounded down to
 * whole pieces, and a count below 0 becomes 0.
 * @param fractional whether the shop counts parts of a piece (the option `fractionalQuantities`)
 */
export function readCount(stated: number, fractional: boolean): CountReading {
  const exact = withoutNoise(stated)
  if (exact < 0) {
    return { quantity: 0, oversold_by: fractional ? -exact : Math.ceil(-exact) }
  }
  return fractional || Number.isInteger(exact) ? { quantity: exact } : { quantity: Math.floor(exact), rounded_from: exact }
}

/**
 * Reads the number of pieces that came or went. A fraction is not rounded, because the sum of rounded changes drifts.
 * @param fractional whether the shop counts parts of a piece (the option `fractionalQuantities`)
 * @returns the quantity, or why it is refused
 */
export function readPieces(stated: number, fractional: boolean): { quantity: number } | { refusal: string } {
  const exact = withoutNoise(stated)
  return fractional || Number.isInteger(exact)
    ? { quantity: exact }
    : { refusal: "must be a whole number, because the option fractionalQuantities is off" }
}

/** Adds quantities exactly: 0.1 and 0.2 are 0.3. */
export const addQuantities = (quantities: readonly number[]): number =>
  quantities.reduce((sum, quantity) => sum.plus(quantity), new BigNumber(0)).toNumber()

/** Adds two quantities exactly. */
export const plusQuantity = (one: number, other: number): number => new BigNumber(one).plus(other).toNumber()

/** Subtracts a quantity from another exactly: 0.3 less 0.1 is 0.2. */
export const minusQuantity = (one: number, other: number): number => new BigNumber(one).minus(other).toNumber()

/** Multiplies two quantities exactly, such as pieces of a line with the stock items that one piece takes. */
export const timesQuantity = (one: number, other: number): number => new BigNumber(one).times(other).toNumber()

/** Divides two quantities, with 20 decimals, such as stock items by those that one piece of a line takes. */
export const dividedQuantity = (one: number, other: number): number => new BigNumber(one).dividedBy(other).toNumber()

/** The decimals of parts of a piece. Further ones are cut off, so that no more is taken than there is. */
const DECIMALS = 6

/**
 * How many pieces of a line can be made of a quantity of one of its parts.
 * @param perPart the quantity of the part that one piece takes
 * @param asked the wanted number of pieces; where it is whole, only whole pieces count
 */
export function piecesMade(quantity: number, perPart: number, asked: number): number {
  const pieces = new BigNumber(quantity).dividedBy(perPart)
  return pieces.decimalPlaces(Number.isInteger(asked) ? 0 : DECIMALS, BigNumber.ROUND_FLOOR).toNumber()
}
