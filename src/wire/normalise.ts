import { z } from "zod"

/** The largest quantity on the wire: the largest 32-bit integer of Postgres and Odoo (contract 5). */
export const MAX_QUANTITY = 2_147_483_647

/** The schema of the items of a list whose items are read one by one, so that one bad item does not spoil the rest. */
export const itemSchemas = new WeakMap<object, z.ZodType>()

/** A list whose items are not checked with it: each item is read by itself with its own schema, which the API's description shows. */
export function looseList(item: z.ZodType) {
  const list = z.array(z.unknown(), "must be a list").min(1, "must not be empty")
  itemSchemas.set(list, item)
  return list
}

/** Odoo writes `false` for a missing value. */
export const falseToUndefined = (value: unknown) => (value === false || value === null ? undefined : value)

/** Makes a member optional; Odoo's `false` and null count as missing. */
export function odooOptional<T extends z.ZodType>(schema: T) {
  return z.preprocess(falseToUndefined, schema.optional())
}

/** Whether a value is a blank text. */
export const isBlank = (value: unknown) => typeof value === "string" && value.trim() === ""

/** Whether a value is `false`, null, undefined or a blank text. */
export const saysNothing = (value: unknown) => falseToUndefined(value) === undefined || isBlank(value)

/** Makes a member optional; `false`, null and blank texts count as missing: Odoo's side often writes `name or ""`. */
export function blankOptional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (isBlank(value) ? undefined : falseToUndefined(value)), schema.optional())
}

/**
 * Removes the members of an object that are blank texts.
 * @param kept a member that stays although it is blank, so that its schema refuses the blank text
 */
export function withoutBlanks(value: unknown, kept?: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value
  }
  return Object.fromEntries(Object.entries(value).filter(([name, member]) => name === kept || !isBlank(member)))
}

/**
 * Renames the members of an object that have another name in Odoo (contract 1, "Tolerance"). Where both names are there, the
 * wire's own one counts.
 * @param aliases the wire's name of each other name
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

/** A text of one line that is not empty and has at most `maxLength` characters. */
export const singleLine = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(maxLength, `must not be longer than ${String(maxLength)} characters`)
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, "must be a single line without control characters or lone surrogates")

/**
 * A text of one line: an id, a name, a reference. Outer blanks are removed. Empty texts, more than 255 characters, control
 * characters and unpaired surrogates are refused; Postgres can store neither NUL nor unpaired surrogates.
 */
export const lineSchema = singleLine(255)

/** A text of several lines. Postgres can store neither NUL nor unpaired surrogates. */
export const textSchema = z
  .string()
  .max(100_000, "must not be longer than 100000 characters")
  .regex(/^[^\0\p{Cs}]*$/u, "must not contain NUL or lone surrogates")

const isMany2oneId = (id: unknown) => typeof id === "number" || id === false || (typeof id === "string" && /^\s*\d+(\.0+)?\s*$/.test(id))

/**
 * Reads the id and the name of a many2one of Odoo: `[7, "DHL"]`, or `[false, ""]` for none. A blank name is undefined, and a
 * number as a name becomes text.
 * @returns undefined for any other value
 */
export function readMany2one(value: unknown): { id: unknown; name: unknown } | undefined {
  if (!Array.isArray(value) || value.length > 2 || !isMany2oneId(value[0])) {
    return undefined
  }
  const [id, name] = value as unknown[]
  return { id, name: saysNothing(name) ? undefined : typeof name === "number" ? String(name) : name }
}

/** The name of a many2one; any other value as it is. */
export function nameOfMany2one(value: unknown): unknown {
  const many2one = readMany2one(value)
  return many2one === undefined ? value : many2one.name
}

/** The name of a many2one. A bare id such as `7` has no name that Medusa knows and becomes undefined; `[false, ""]` becomes `false`. */
export function nameOfReference(value: unknown): unknown {
  return typeof value === "number" ? undefined : readMany2one(value)?.id === false ? false : nameOfMany2one(value)
}

/** A name, which Odoo may send as a many2one or as a number. An id without a name, and a blank text, count as missing. */
export const odooNameSchema = z.preprocess((value) => {
  const name = nameOfMany2one(value)
  return typeof name === "number" ? String(name) : name
}, blankOptional(lineSchema))

/** A name for a member of an object that is given to Medusa. */
export const memberNameSchema = lineSchema.refine((name) => name !== "hasOwnProperty", "must not be hasOwnProperty")

/** `false` and a blank text are null, which clears; null, as ever on the wire, is "not sent". */
export const emptyToNull = (value: unknown) => (value === null ? undefined : saysNothing(value) && value !== undefined ? null : value)

/**
 * An optional member that Odoo sends with every record, also where it is empty: `false` and a blank text clear it, null changes
 * nothing (contract 6). For a member that must not become empty, `blankOptional` takes all of them as missing.
 */
export function clearable<T extends z.ZodType>(schema: T) {
  return z.preprocess(emptyToNull, schema.nullable().optional())
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false }

/** A flag in any of Odoo's spellings: `True`, `"true"`, `1`. Null and a blank text count as missing. */
export const odooFlagSchema = z.preprocess((value) => {
  const text = typeof value === "string" || typeof value === "number" ? String(value).trim().toLowerCase() : value
  return typeof text !== "string" ? (text ?? undefined) : text === "" ? undefined : (FLAGS[text] ?? text)
}, z.boolean("must be true or false").optional())

/** A SKU (contract 1, "Tolerance"). A number becomes text. */
export const skuSchema = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : falseToUndefined(value)),
  lineSchema
)

/** Turns `"75"` and `"75.0"` into numbers; any other value stays for the schema to judge. */
export const numericString = (value: unknown) =>
  typeof value === "string" && /^\s*-?\d+(\.\d+)?(e[-+]?\d+)?\s*$/i.test(value) ? Number(value) : value

/** A whole number in a query string, with its bounds (contract 1, "Lists"). */
export function queryInteger(bounds: { min: number; max?: number; fallback: number }) {
  const whole = z.number().int("must be a whole number").min(bounds.min)
  return z
    .preprocess(numericString, bounds.max === undefined ? whole : whole.max(bounds.max))
    .default(bounds.fallback)
}

/** `true` or `false` in a query string, in any case: Python writes `True`. */
export const queryBoolean = z
  .preprocess(
    (value) => (typeof value === "string" ? value.toLowerCase() : value),
    z.enum(["true", "false"], { error: "must be true or false" })
  )
  .transform((value) => value === "true")

const ISO_TIME = /^(\d{4})-(\d{2})-(\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** Whether a text begins with a day that exists: `Date` would take the 30th of February for the 2nd of March. */
function namesADay(text: string): boolean {
  const [, year, month, day] = (ISO_TIME.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) {
    return false
  }
  return year > 0 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

/**
 * A time: ISO 8601, or Odoo's `2026-11-21 17:34:58`, which is UTC.
 * @param edge whether a date without a time stands for its first or its last moment
 */
export function timeSchema(edge: "start" | "end" = "start") {
  return z.string().transform((text, context) => {
    // a plus sign that was not percent-encoded arrives as a blank
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
