import { z } from "@medusajs/framework/zod"
import { BigNumber } from "bignumber.js"

import { clearable, falseToUndefined, lineSchema, memberNameSchema, numericString, odooOptional, quantitySchema, textSchema, MAX_QUANTITY } from "../normalise"
import { slugOf } from "../handle"
import type { CategoryStatement } from "../product-statement"

/** How many options tell the variants of a product apart at the most: far beyond what a shop shows. */
export const MAX_OPTIONS = 50

/** More than any price, and little enough for its minor units to be exact in JSON. */
const MAX_AMOUNT = 1_000_000_000_000

/** `[7, "Name"]`, as Odoo writes a reference, is its name; a bare `7` says nothing that Medusa knows. */
export const nameOfReference = (value: unknown): unknown => {
  const name: unknown = Array.isArray(value) && typeof value[0] === "number" ? value[1] : value
  return typeof name === "number" ? undefined : falseToUndefined(name)
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

/** An ISO 4217 code, in lower case; Odoo may send it as the reference `[125, "KWD"]`. */
export const currencySchema = z.preprocess(
  nameOfReference,
  z.string().trim().regex(/^[A-Za-z]{3}$/, "must be a currency code of three letters").toLowerCase()
)

const GRAMS = { g: "1", kg: "1000", oz: "28.349523125", lb: "453.59237" } as const

export type WeightUnit = keyof typeof GRAMS

/** A unit of weight; Odoo's own names are `kg` and `lb`. */
export const weightUnitSchema = z.preprocess(
  (value) => (typeof value === "string" ? value.trim().toLowerCase().replace(/^lbs$/, "lb") : falseToUndefined(value)),
  z.enum(["g", "kg", "oz", "lb"], { error: "must be one of g, kg, oz, lb" }).optional()
)

export const weightSchema = decimalSchema.refine((value) => value.isLessThan(1_000_000), "must be below 1000000")

/**
 * A weight in whole grams, which is what Medusa's stock records can hold. Odoo writes 0 where no weight was entered,
 * so that 0 counts as not given.
 */
export function toGrams(weight: BigNumber | undefined, unit: WeightUnit): number | undefined {
  return weight === undefined || weight.isZero()
    ? undefined
    : weight.times(GRAMS[unit]).integerValue(BigNumber.ROUND_HALF_UP).toNumber()
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
  const name = nameOfReference(value)
  return Array.isArray(value) && !isCountryCode(name) ? undefined : name
}

const countryCode = z.string().trim().regex(/^[A-Za-z]{2}$/, "must be a country code of two letters (ISO 3166-1)").toLowerCase()

export const countrySchema = z.preprocess(codeOfCountry, clearable(countryCode))

/** A text of one line that may have come as a number. */
export const lineOrNumber = z.preprocess((value) => (typeof value === "number" ? String(value) : value), lineSchema)

/** Made into one that Medusa accepts. */
export const handleSchema = lineSchema.transform(slugOf).refine((handle) => handle !== "", "must have a letter or a digit")

/** A category by its handle; Odoo may send it as the reference `[7, "Lights"]`. */
export const categoryHandleSchema = z.preprocess(nameOfReference, handleSchema.optional())

const namesOf = (path: string) => path.split("/").map((name) => name.trim()).filter((name) => name !== "")

const categoryPath = lineSchema.transform(namesOf).refine((names) => names.length > 0, "must name a category")

const categorySchema = z.preprocess(
  nameOfReference,
  z.union(
    [
      categoryPath.transform((path): CategoryStatement => ({ path })),
      z
        .object({ handle: handleSchema, name: odooOptional(lineSchema) })
        .transform(({ handle, name }): CategoryStatement => ({ handle, name })),
      z
        .object({ complete_name: categoryPath })
        .transform(({ complete_name: path }): CategoryStatement => ({ path })),
      z.object({ name: categoryPath }).transform(({ name: path }): CategoryStatement => ({ path })),
    ],
    "must be a name, a path such as A / B, or an object with handle, complete_name or name"
  )
)

/** A category by its path of names, as in Odoo's `complete_name`. */
export const categoryPathSchema = z.preprocess(nameOfReference, categoryPath.optional())

/**
 * Ids without a name, which Odoo sends of a many2many, are left out: nothing can be done with them. A list of nothing
 * else says nothing; it is not the empty list.
 */
function nameable(value: unknown): unknown {
  if (!Array.isArray(value)) {
    return falseToUndefined(value)
  }
  const named = value.filter((entry) => nameOfReference(entry) !== undefined)
  return named.length === 0 && value.length > 0 ? undefined : named
}

/** Categories; a list that is sent is the whole list. */
export const categoriesSchema = z.preprocess(nameable, z.array(categorySchema).optional())

const tagSchema = z.preprocess(
  (value) => {
    const name = nameOfReference(value)
    return typeof name === "object" && name !== null ? ((name as { value?: unknown; name?: unknown }).value ?? (name as { name?: unknown }).name) : name
  },
  lineSchema
)

/** Tags; a list that is sent is the whole list. */
export const tagsSchema = z.preprocess(
  nameable,
  z.array(tagSchema).transform((tags) => [...new Set(tags)]).optional()
)

const imageSchema = z.preprocess(
  (value) => (typeof value === "string" ? { url: value } : value),
  z.object({
    url: z
      .string()
      .trim()
      .max(2048, "must not be longer than 2048 characters")
      .refine((url) => /^https?:\/\/[^\s\0\p{Cs}]+$/u.test(url) && URL.canParse(url), "must be an http or https address"),
    position: z.preprocess((value) => falseToUndefined(numericString(value)), z.number().optional()),
    is_thumbnail: odooOptional(z.boolean()),
  })
)

/** Images in the order of their positions; one without a position stands where it came. */
export const imagesSchema = odooOptional(
  z.array(imageSchema).transform((images) => {
    const sorted = images
      .map((image, index) => ({ ...image, at: image.position ?? index }))
      .sort((a, b) => a.at - b.at)
    const urls = [...new Set(sorted.map(({ url }) => url))]
    return { urls, thumbnail: sorted.find((image) => image.is_thumbnail === true)?.url ?? urls[0] ?? null }
  })
)

const attributeValue = z.preprocess((value) => {
  const name: unknown = Array.isArray(value) ? value[1] : value
  return typeof name === "number" || name === true ? String(name) : falseToUndefined(name)
}, lineSchema.optional())

/** What tells variants apart, as `{"Color": "Black"}`; where no value is in it, nothing is said. */
export const attributesSchema = odooOptional(
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
export const translationsSchema = odooOptional(
  z
    .record(
      z.string().regex(LOCALE, "must be a locale such as ar or ar-KW"),
      z.object({ title: odooOptional(lineSchema), description: odooOptional(textSchema) })
    )
    .transform((translations) =>
      Object.fromEntries(Object.entries(translations).map(([locale, texts]) => [locale.replaceAll("_", "-"), texts]))
    )
)

/** What a webhook says is on hand. Odoo counts below zero and in fractions; a shop can sell neither. */
export const onHandSchema = z.preprocess(
  (value) => (typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : falseToUndefined(value)),
  z
    .number()
    .max(MAX_QUANTITY, `must not be above ${String(MAX_QUANTITY)}`)
    .transform((quantity) => Math.max(0, Math.floor(quantity)))
    .optional()
)

/** The `inventory` member of a product. */
export const inventorySchema = z.object({
  quantity: odooOptional(quantitySchema),
  location_id: odooOptional(lineSchema),
  manage_inventory: z.preprocess((value) => value ?? undefined, z.boolean().optional()),
  allow_backorder: z.preprocess((value) => value ?? undefined, z.boolean().optional()),
})
