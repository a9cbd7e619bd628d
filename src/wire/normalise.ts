import { z } from "@medusajs/framework/zod"

/** The largest quantity the wire takes: Postgres' and Odoo's own 32-bit integer (contract 5). */
export const MAX_QUANTITY = 2_147_483_647

/** Odoo writes `false` where others write null. */
export const falseToUndefined = (value: unknown) => (value === false || value === null ? undefined : value)

/** Makes a member optional and takes Odoo's `false` and null for "not given". */
export function odooOptional<T extends z.ZodType>(schema: T) {
  return z.preprocess(falseToUndefined, schema.optional())
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

/**
 * An id, a name, a reference: outer blanks are trimmed; empty, over 255 characters, or with a control character (a
 * second line, above all) or half a character it is refused. Postgres takes neither NUL nor half characters.
 */
export const lineSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(255, "must not be longer than 255 characters")
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, "must be a single line without control characters or lone surrogates")

/** A stock keeping unit (contract 1, "Tolerance"). One that is a number is its digits. */
export const skuSchema = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : falseToUndefined(value)),
  lineSchema
)

/** Reads `"75"` and `"75.0"` as the number they are; leaves anything else to the schema. */
const numericString = (value: unknown) =>
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

/** `true` or `false` in a query string, and nothing else. */
export const queryBoolean = z
  .enum(["true", "false"], { error: "must be true or false" })
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
