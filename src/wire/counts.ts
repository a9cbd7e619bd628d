import { z } from "zod"
import { BigNumber } from "bignumber.js"

import { MAX_QUANTITY, numericString } from "./normalise"

/**
 * How far a number may be from a whole one and still mean it. Odoo adds quantities up as floats, and 12 pieces arrive as
 * 12.000000000000002 (contract 5).
 */
export const NOISE = 0.000001

/** A quantity of whatever size, of which the shop may be able to count none. */
export const anyQuantitySchema = z.preprocess(numericString, z.number("must be a number"))

const number = z.number("must be a number").max(MAX_QUANTITY, `must not be above ${String(MAX_QUANTITY)}`)

/**
 * A quantity as Odoo states it: of either sign, perhaps with a fraction, perhaps as the text `"75.0"`. What the shop makes
 * of it depends on an option, and is said by `readCount` and `readPieces`.
 */
export const statedQuantitySchema = z.preprocess(numericString, number.min(-MAX_QUANTITY, `must not be below -${String(MAX_QUANTITY)}`))

/** A number without the noise of binary floating point: one that all but is a whole number is that number. */
function withoutNoise(stated: number): number {
  const nearest = Math.round(stated)
  return Math.abs(stated - nearest) <= NOISE ? nearest + 0 : stated
}

/** How many pieces have left, as Odoo states it; whether a part of one may is said by `readPieces`. */
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
 * Reads a count by the one rule for all pushes (contract 5): what all but is a whole number is that number, a fraction is
 * rounded down to whole pieces, and below zero there is none.
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
 * Reads how many pieces came or went. A fraction is not rounded, because sums of rounded changes drift.
 * @param fractional whether the shop counts parts of a piece (the option `fractionalQuantities`)
 * @returns why the number can not be taken, where that is so
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

/** Takes a quantity from another exactly: 0.3 less 0.1 is 0.2. */
export const minusQuantity = (one: number, other: number): number => new BigNumber(one).minus(other).toNumber()

/** Multiplies exactly, such as pieces of a line with the pieces of the stock that make one of them. */
export const timesQuantity = (one: number, other: number): number => new BigNumber(one).times(other).toNumber()

/** Divides to 20 decimals, such as pieces of the stock by those that make one of a line. */
export const dividedQuantity = (one: number, other: number): number => new BigNumber(one).dividedBy(other).toNumber()

/** Parts of a piece that do not come out even are cut here, so that no more is taken than there is. */
const DECIMALS = 6

/**
 * How many pieces of a line a quantity of one of its parts makes.
 * @param perPart how much of the part makes one piece
 * @param asked how many pieces are asked for: where it is whole, only whole pieces count
 */
export function piecesMade(quantity: number, perPart: number, asked: number): number {
  const pieces = new BigNumber(quantity).dividedBy(perPart)
  return pieces.decimalPlaces(Number.isInteger(asked) ? 0 : DECIMALS, BigNumber.ROUND_FLOOR).toNumber()
}
