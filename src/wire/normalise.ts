import { z } from "zod"

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

/** Whether a value names nothing: `false`, null, a blank text, or that it is not there. */
export const saysNothing = (value: unknown) => falseToUndefined(value) === undefined || isBlank(value)

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
      const isUnnamed = (record[name] ?? undefined) === undefined
      if (alias in record && (isUnnamed || (saysNothing(record[name]) && !saysNothing(record[alias])))) {
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

const isMany2oneId = (id: unknown) => typeof id === "number" || id === false || (typeof id === "string" && /^\s*\d+(\.0+)?\s*$/.test(id))

/**
 * The id and the name of a record as Odoo writes a many2one: `[7, "DHL"]`, or `[false, ""]` where there is none. A name that says
 * nothing is undefined, one that is a number is its digits.
 * @returns undefined for anything else
 */
export function readMany2one(value: unknown): { id: unknown; name: unknown } | undefined {
  if (!Array.isArray(value) || value.length > 2 || !isMany2oneId(value[0])) {
    return undefined
  }
  const [id, name] = value as unknown[]
  return { id, name: saysNothing(name) ? undefined : typeof name === "number" ? String(name) : name }
}

/** The name of a many2one; anything else as it is. */
export function nameOfMany2one(value: unknown): unknown {
  const many2one = readMany2one(value)
  return many2one === undefined ? value : many2one.name
}

/** The same, but a bare `7` says nothing that Medusa knows; `[false, ""]` is the `false` of an empty many2one. */
export function nameOfReference(value: unknown): unknown {
  return typeof value === "number" ? undefined : readMany2one(value)?.id === false ? false : nameOfMany2one(value)
}

/** A name that Odoo may send as a many2one; one that is a number is its digits. An id without a name says nothing, and nor does a blank text. */
export const odooNameSchema = z.preprocess((value) => {
  const name = nameOfMany2one(value)
  return typeof name === "number" ? String(name) : name
}, blankOptional(lineSchema))

/** The name of a member of an object that Medusa is given. */
export const memberNameSchema = lineSchema.refine((name) => name !== "hasOwnProperty", "must not be hasOwnProperty")

/** `false` and a blank text are null, which clears; null, as ever on the wire, is "not sent". */
export const emptyToNull = (value: unknown) => (value === null ? undefined : saysNothing(value) && value !== undefined ? null : value)

/**
 * A member that Odoo sends with every record, and sends empty where the record has none: `false` and a blank text clear
 * it, null and leaving it out change nothing (contract 6). What must not be empty is `blankOptional` instead, for which
 * all of them change nothing.
 */
export function clearable<T extends z.ZodType>(schema: T) {
  return z.preprocess(emptyToNull, schema.nullable().optional())
}

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
  typeof value === "string" && /^\s*-?\d+(\.\d+)?(e[-+]?\d+)?\s*$/i.test(value) ? Number(value) : value

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
