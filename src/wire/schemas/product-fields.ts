import { z } from "zod"
import { BigNumber } from "bignumber.js"

import { anyQuantitySchema } from "../counts"
import { blankOptional, clearable, lineSchema, memberNameSchema, nameOfMany2one, nameOfReference, odooFlagSchema, renamed, saysNothing, textSchema } from "../normalise"
import { slugOf } from "../handle"
import { placeMembers } from "./place"

/** How many options tell the variants of a product apart at the most: far beyond what a shop shows. */
export const MAX_OPTIONS = 50

/** More than any price, and little enough for its minor units to be exact in JSON. */
const MAX_AMOUNT = 1_000_000_000_000

/** The same for what is known by a code of letters: digits are an id there, also as a text. */
const codeOfReference = (value: unknown): unknown => {
  const code = nameOfReference(value)
  return typeof code === "string" && /^\s*\d+\s*$/.test(code) ? undefined : code
}

/** A number, or its digits in a text, as exact decimal digits. */
const decimalSchema = z
  .union([z.number(), z.string().trim().regex(/^-?\d{1,30}(\.\d{1,30})?$/, "must be a number")], "must be a number")
  .transform((value) => new BigNumber(String(value)))
  .refine((value) => !value.isNegative() || value.isZero(), "must not be negative")

const amountDigits = decimalSchema
  .refine((value) => value.isLessThanOrEqualTo(MAX_AMOUNT), `must not be above ${String(MAX_AMOUNT)}`)
  .transform((value) => value.toFixed())

/** An amount in the wire's unit (contract 1, "Amounts"). */
export const wireAmount = amountDigits.transform((value) => ({ value, unit: "wire" as const }))

/** An amount in one of Odoo's own fields: always major units. */
export const odooAmount = amountDigits.transform((value) => ({ value, unit: "major" as const }))

const currencyCode = z.string("must be a currency code of three letters").trim().regex(/^[A-Za-z]{3}$/, "must be a currency code of three letters").toLowerCase()

/** An ISO 4217 code, in lower case; Odoo may send it as the reference `[125, "KWD"]`. */
export const currencySchema = z.preprocess(codeOfReference, blankOptional(currencyCode))

/** A bare id of a currency, which says nothing that Medusa knows, is null: which currency it is must not be guessed. */
function knownCode(value: unknown): unknown {
  const code = codeOfReference(value)
  return code === undefined && !saysNothing(value) ? null : code
}

/** Prices by currency. One without an amount is none. */
export const pricesSchema = blankOptional(
  z
    .array(
      z.preprocess(
        renamed({ currency_id: "currency_code" }),
        z.object({ currency_code: z.preprocess(knownCode, currencyCode.nullable()), amount: z.preprocess((amount) => (amount !== undefined && saysNothing(amount) ? null : amount), wireAmount.nullable()) })
      )
    )
    .transform((prices) => prices.flatMap(({ currency_code: currencyCode, amount }) => (amount === null ? [] : { currencyCode, amount })))
)

const GRAMS = { g: "1", kg: "1000", oz: "28.349523125", lb: "453.59237" } as const

export type WeightUnit = keyof typeof GRAMS

const unitOf = (value: unknown) => {
  const unit = nameOfReference(value)
  return typeof unit === "string" ? unit.trim().toLowerCase().replace(/^lbs$/, "lb") : unit
}

/** A unit of weight; Odoo's own names are `kg` and `lb`. */
export const weightUnitSchema = z.preprocess(unitOf, blankOptional(z.enum(["g", "kg", "oz", "lb"], { error: "must be one of g, kg, oz, lb" })))

export const weightSchema = decimalSchema.refine((value) => value.isLessThan(1_000_000), "must be below 1000000")

/**
 * A weight in whole grams, which is what Medusa's stock records can hold. Odoo writes 0 of every product for which nobody
 * has entered a weight: 0 counts as not sent, or else it would clear the weights that are kept in the shop.
 */
export function toGrams(weight: BigNumber | null | undefined, unit: WeightUnit): number | null | undefined {
  if (weight === null || weight === undefined) {
    return weight
  }
  return weight.isZero() ? undefined : weight.times(GRAMS[unit]).integerValue(BigNumber.ROUND_HALF_UP).toNumber()
}

/** `(EAN-13): 6291041500213` is 6291041500213; GS1's application identifiers, such as `(01)`, stay. */
const withoutPrefix = (value: unknown) =>
  typeof value === "number" ? String(value) : typeof value === "string" ? value.replace(/^\s*\((?=[^()]*[A-Za-z])[^()]{1,30}\)\s*:?\s*/, "") : value

/**
 * A bar code, without the name of its kind that Odoo's texts put before it (contract 1, "Tolerance"); where nothing is
 * behind that name, there is none.
 */
export const barcodeSchema = z.preprocess(withoutPrefix, clearable(lineSchema))

/** A name that Odoo may send as the reference `[3, "Acme"]`; an id without a name says nothing. */
export const brandSchema = z.preprocess(nameOfReference, clearable(lineSchema))

const isCountryCode = (value: unknown) => typeof value === "string" && /^\s*[A-Za-z]{2}\s*$/.test(value)

/** Odoo's reference `[122, "Kuwait"]` holds no code, and says nothing that Medusa knows. */
function codeOfCountry(value: unknown): unknown {
  const code = codeOfReference(value)
  return Array.isArray(value) && code !== false && !isCountryCode(code) ? undefined : code
}

const countryCode = z.string().trim().regex(/^[A-Za-z]{2}$/, "must be a country code of two letters (ISO 3166-1)").toLowerCase()

export const countrySchema = z.preprocess(codeOfCountry, clearable(countryCode))

/** A text of one line that may have come as a number. */
export const lineOrNumber = z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema)

/** Made into one that Medusa accepts. */
export const handleSchema = lineSchema.transform(slugOf).refine((handle) => handle !== "", "must have a letter or a digit")

const attributeValue = z.preprocess((value) => {
  const name = nameOfMany2one(value)
  return typeof name === "number" || name === true ? String(name) : name
}, blankOptional(lineSchema))

/** What tells variants apart, as `{"Color": "Black"}`; where no value is in it, nothing is said. */
export const attributesSchema = blankOptional(
  z
    .record(memberNameSchema, attributeValue)
    .refine((attributes) => Object.keys(attributes).length <= MAX_OPTIONS, `must not have more than ${String(MAX_OPTIONS)} options`)
    .transform((attributes) => {
      const said = Object.entries(attributes).flatMap(([option, value]): [string, string][] => (value === undefined ? [] : [[option, value]]))
      return said.length > 0 ? said : undefined
    })
)

const LOCALE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/

/** Texts by locale. Odoo writes `ar_SY` for `ar-SY`. */
export const translationsSchema = blankOptional(
  z
    .record(
      z.string().regex(LOCALE, "must be a locale such as ar or ar-KW"),
      blankOptional(z.object({ title: clearable(lineSchema), description: clearable(textSchema) }))
    )
    .transform((translations) =>
      Object.fromEntries(
        Object.entries(translations).flatMap(([locale, texts]) => (texts === undefined ? [] : [[locale.replaceAll("_", "-"), texts]]))
      )
    )
)

// one that the shop can not count is left alone, and must not hold up the rest of the product
const quantity = blankOptional(anyQuantitySchema)

/** How many there are. Odoo's own names say of what they are: `qty_available` is on hand, `free_qty` is not sold yet. */
export const quantityMembers = {
  quantity: quantity.describe("how many are on hand"),
  qty_available: quantity.describe("Odoo's own name of what is on hand"),
  free_qty: quantity.describe("what of it is not sold yet; counts where nothing says what is on hand"),
}

/** The `inventory` member of a product. */
export const inventorySchema = blankOptional(
  z.object({ ...quantityMembers, ...placeMembers, manage_inventory: odooFlagSchema, allow_backorder: odooFlagSchema })
)
