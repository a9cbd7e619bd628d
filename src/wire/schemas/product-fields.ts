import { z } from "zod"
import { BigNumber } from "bignumber.js"

import { anyQuantitySchema } from "../counts"
import { blankOptional, clearable, lineSchema, memberNameSchema, nameOfMany2one, nameOfReference, odooFlagSchema, renamed, saysNothing, textSchema } from "../normalise"
import { slugOf } from "../handle"
import { locationMembers } from "./stated-location"

/** How many options a product may have. */
export const MAX_OPTIONS = 50

/** The upper bound of amounts: more than any price, and small enough for exact minor units in JSON. */
const MAX_AMOUNT = 1_000_000_000_000

/** The code of a reference; digits are an id and no code, also as a text. */
const codeOfReference = (value: unknown): unknown => {
  const code = nameOfReference(value)
  return typeof code === "string" && /^\s*\d+\s*$/.test(code) ? undefined : code
}

/** A number or its digits as text, with all its digits. */
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

/** An ISO 4217 code in lower case; Odoo may send it as the reference `[125, "KWD"]`. */
export const currencySchema = z.preprocess(codeOfReference, blankOptional(currencyCode))

/** Turns a currency without a code into null. A bare id says nothing to Medusa, and the currency must not be guessed. */
function knownCode(value: unknown): unknown {
  const code = codeOfReference(value)
  return code === undefined && !saysNothing(value) ? null : code
}

/** Prices by currency. Entries without an amount are ignored. */
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

/** A unit of weight; Odoo calls its units `kg` and `lb`. */
export const weightUnitSchema = z.preprocess(unitOf, blankOptional(z.enum(["g", "kg", "oz", "lb"], { error: "must be one of g, kg, oz, lb" })))

export const weightSchema = decimalSchema.refine((value) => value.isLessThan(1_000_000), "must be below 1000000")

/**
 * Converts a weight to whole grams, the unit of Medusa's stock records. 0 counts as not sent: Odoo sends 0 for every product
 * without a weight, and it would clear the weights of the shop.
 */
export function toGrams(weight: BigNumber | null | undefined, unit: WeightUnit): number | null | undefined {
  if (weight === null || weight === undefined) {
    return weight
  }
  return weight.isZero() ? undefined : weight.times(GRAMS[unit]).integerValue(BigNumber.ROUND_HALF_UP).toNumber()
}

/**
 * Removes the name of a kind of bar code: `(EAN-13): 6291041500213` becomes `6291041500213`. Application identifiers of GS1, such
 * as `(01)`, stay.
 */
const withoutPrefix = (value: unknown) =>
  typeof value === "number" ? String(value) : typeof value === "string" ? value.replace(/^\s*\((?=[^()]*[A-Za-z])[^()]{1,30}\)\s*:?\s*/, "") : value

/** A bar code, without the name of its kind that Odoo may send with it (contract 1, "Tolerance"). */
export const barcodeSchema = z.preprocess(withoutPrefix, clearable(lineSchema))

/** A name that Odoo may send as the reference `[3, "Acme"]`; an id without a name counts as missing. */
export const brandSchema = z.preprocess(nameOfReference, clearable(lineSchema))

const isCountryCode = (value: unknown) => typeof value === "string" && /^\s*[A-Za-z]{2}\s*$/.test(value)

/** Turns Odoo's reference `[122, "Kuwait"]`, which has no code, into a missing value. */
function codeOfCountry(value: unknown): unknown {
  const code = codeOfReference(value)
  return Array.isArray(value) && code !== false && !isCountryCode(code) ? undefined : code
}

const countryCode = z.string().trim().regex(/^[A-Za-z]{2}$/, "must be a country code of two letters (ISO 3166-1)").toLowerCase()

export const countrySchema = z.preprocess(codeOfCountry, clearable(countryCode))

/** A text of one line that may be sent as a number. */
export const lineOrNumber = z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema)

/** A handle, turned into one that Medusa accepts. */
export const handleSchema = lineSchema.transform(slugOf).refine((handle) => handle !== "", "must have a letter or a digit")

const attributeValue = z.preprocess((value) => {
  const name = nameOfMany2one(value)
  return typeof name === "number" || name === true ? String(name) : name
}, blankOptional(lineSchema))

/** Options and values of a variant, as `{"Color": "Black"}`; undefined without any value. */
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

// no bounds: a quantity that the shop can not store is ignored, and must not stop the rest of the product
const quantity = blankOptional(anyQuantitySchema)

/** The quantities of a product. Odoo's own names say what they count: `qty_available` the pieces on hand, `free_qty` the available ones. */
export const quantityMembers = {
  quantity: quantity.describe("the pieces on hand"),
  qty_available: quantity.describe("Odoo's name of the pieces on hand"),
  free_qty: quantity.describe("the available pieces; counts only without a number of pieces on hand"),
}

/** The `inventory` member of a product. */
export const inventorySchema = blankOptional(
  z.object({ ...quantityMembers, ...locationMembers, manage_inventory: odooFlagSchema, allow_backorder: odooFlagSchema })
)
