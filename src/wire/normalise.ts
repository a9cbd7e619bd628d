import { z } from "@medusajs/framework/zod"

/** The largest quantity the wire takes: Postgres' and Odoo's own 32-bit integer (contract 5). */
export const MAX_QUANTITY = 2_147_483_647

/** The schema of the items of a list whose items are read one by one, so that one bad item does not spoil the rest. */
export const itemSchemas = new WeakMap<object, z.ZodType>()

/**
 * A list that is checked only for being one; its items are read one by one with their own schema, which is what the
 * API's description shows.
 */
export function looseList(item: z.ZodType) {
  const list = z.array(z.unknown(), "must be a list").min(1, "must not be empty")
  itemSchemas.set(list, item)
  return list
}

/** Odoo writes `false` where others write null. */
export const falseToUndefined = (value: unknown) => (value === false || value === null ? undefined : value)

/** Makes a member optional and takes Odoo's `false` and null for "not given". */
export function odooOptional<T extends z.ZodType>(schema: T) {
  return z.preprocess(falseToUndefined, schema.optional())
}

/** Whether a value is a text that says nothing. */
export const isBlank = (value: unknown) => typeof value === "string" && value.trim() === ""

/** The same for a member whose blank text says nothing either: Odoo's side writes `name or ""`. */
export function blankOptional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (isBlank(value) ? undefined : falseToUndefined(value)), schema.optional())
}

/** Drops the members of an object that are blank texts, but for one that must not be taken for "not given". */
export function withoutBlanks(value: unknown, kept?: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value
  }
  return Object.fromEntries(Object.entries(value).filter(([name, member]) => name === kept || !isBlank(member)))
}

/**
 * Names a member as the wire does when it came under another name that Odoo's side is known to use
 * (contract 1, "Tolerance"). The wire's own name wins where both are there.
 */
export function renamed(aliases: Record<string, string>) {
  return (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return value
    }
    const record: Record<string, unknown> = { ...value }
    for (const [alias, name] of Object.entries(aliases)) {
      if (falseToUndefined(record[name]) === undefined && alias in record) {
        record[name] = record[alias]
      }
    }
    return record
  }
}

/** A text of one line that is not empty, up to a length. */
export const singleLine = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(maxLength, `must not be longer than ${String(maxLength)} characters`)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, "must be a single line without control characters or lone surrogates")

/**
 * An id, a name, a reference: outer blanks are trimmed; empty, over 255 characters, or with a control character (a
 * second line, above all) or half a character it is refused. Postgres takes neither NUL nor half characters.
 */
export const lineSchema = singleLine(255)

/** A text of any number of lines. Postgres takes neither NUL nor half characters. */
export const textSchema = z
  .string()
  .max(100_000, "must not be longer than 100000 characters")
  .regex(/^[^\0\p{Cs}]*$/u, "must not contain NUL or lone surrogates")

/** A name that Odoo may send behind its record's id, as `[7, "DHL"]`; one that is a number is its digits. */
export const odooNameSchema = z.preprocess((value) => {
  const name: unknown = Array.isArray(value) ? value[1] : value
  return typeof name === "number" ? String(name) : name
}, lineSchema)

/** The name of a member of an object that Medusa is given. */
export const memberNameSchema = lineSchema.refine((name) => name !== "hasOwnProperty", "must not be hasOwnProperty")

/** Takes `false` and null for "not given", and an empty text for "nothing is there any more": null. */
export function clearable<T extends z.ZodType>(schema: T) {
  const emptyToNull = (value: unknown) => (isBlank(value) ? null : falseToUndefined(value))
  return z.preprocess(emptyToNull, schema.nullable().optional())
}

/** A flag, for which `false` is an answer; null is none. */
export const flagSchema = z.preprocess((value) => value ?? undefined, z.boolean().optional())

const FLAGS: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false }

/** A flag as Odoo's side may write it: `True`, `"true"`, `1`; null and a blank text say nothing. */
export const odooFlagSchema = z.preprocess((value) => {
  const text = typeof value === "string" || typeof value === "number" ? String(value).trim().toLowerCase() : value
  return typeof text !== "string" ? (text ?? undefined) : text === "" ? undefined : (FLAGS[text] ?? text)
}, z.boolean("must be true or false").optional())

/** A stock keeping unit (contract 1, "Tolerance"). One that is a number is its digits. */
export const skuSchema = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : falseToUndefined(value)),
  lineSchema
)

/** Reads `"75"` and `"75.0"` as the number they are; leaves anything else to the schema. */
export const numericString = (value: unknown) =>
  typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value

const wholeNumber = z
  .number()
  .int("must be a whole number")
  .max(MAX_QUANTITY, `must not be above ${String(MAX_QUANTITY)}`)

/** A count of pieces: a whole number from 0; `75.0` and `"75"` count (contract 5). */
export const quantitySchema = z.preprocess(
  numericString,
  wholeNumber.min(0, "must not be negative")
)

/** A change of a count: a whole number of either sign. */
export const deltaSchema = z.preprocess(
  numericString,
  wholeNumber.min(-MAX_QUANTITY, `must not be below -${String(MAX_QUANTITY)}`)
)

/** A whole number in a query string, with its bounds (contract 1, "Lists"). */
export function queryInteger(bounds: { min: number; max?: number; fallback: number }) {
  const whole = z.number().int("must be a whole number").min(bounds.min)
  return z
    .preprocess(numericString, bounds.max === undefined ? whole : whole.max(bounds.max))
    .default(bounds.fallback)
}

/** `true` or `false` in a query string; Python writes them with a capital. */
export const queryBoolean = z
  .preprocess(
    (value) => (typeof value === "string" ? value.toLowerCase() : value),
    z.enum(["true", "false"], { error: "must be true or false" })
  )
  .transform((value) => value === "true")

const ISO_TIME = /^(\d{4})-(\d{2})-(\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Whether a text names a day that there is; `Date` takes the 30th of February for the 2nd of March. */
function namesADay(text: string): boolean {
  const [, year, month, day] = (ISO_TIME.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) {
    return false
  }
  return year > 0 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

/**
 * A point in time: ISO 8601, or Odoo's naive `2026-11-21 17:34:58`, which is UTC. A bare date stands for its
 * first moment, or, with `edge: "end"`, for its last.
 */
export function timeSchema(edge: "start" | "end" = "start") {
  return z.string().transform((text, context) => {
    // a plus sign that was not percent-encoded arrives as a blank before the offset
    const given = text.trim().replace(/(T.*) (\d{2}:?\d{2})$/, "$1+$2")
    const iso = given.length === 10 ? `${given}T${edge === "start" ? "00:00:00.000" : "23:59:59.999"}Z` : given.replace(" ", "T")
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}Z`
    const time = new Date(zoned)
    if (!namesADay(given) || Number.isNaN(time.getTime())) {
      context.addIssue({ code: "custom", message: "must be a time in ISO 8601, such as 2026-11-21T17:34:58Z" })
      return z.NEVER
    }
    return time
  })
}
