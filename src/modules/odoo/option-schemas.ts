import { z } from "zod"
import bytes from "bytes"
import ms, { type StringValue } from "ms"

/** A text that an HTTP header can hold. */
export const text = z
  .string("must be a text")
  .trim()
  .regex(/^[\x20-\x7e]+$/, "must be of printable ASCII characters")

/** The address of a server. */
export const address = text.refine((value) => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value), "must be an http or https address")

/** The parts of `"a, b"`, which are `a` and `b`. */
export const parts = (value: string) => value.split(",").map((part) => part.trim())

/** `"a,b"` from the environment is the list `["a", "b"]`. */
export const list = (value: unknown) => (typeof value === "string" ? parts(value) : value)

/** `"8000"` from the environment is the number 8000. */
export const number = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value)

/** `"true"` from the environment is true. */
export const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean("must be true or false")
)

const MAX_BODY_BYTES = 1024 ** 3

/** `"5m"` in milliseconds. @param longest the longest allowed duration, as the error message names it: `"30 days"` */
export const durationUpTo = (longest: StringValue) =>
  z.string("must be a duration such as \"5m\"").transform((value, context) => {
    const milliseconds = /^\s*\d/.test(value) && /[a-z]\s*$/i.test(value) ? ms(value.trim() as StringValue) : NaN
    if (!Number.isFinite(milliseconds)) {
      context.addIssue({ code: "custom", message: `"${value}" is not a duration such as "30s", "5m" or "2h"` })
      return z.NEVER
    }
    if (milliseconds > ms(longest)) {
      context.addIssue({ code: "custom", message: `"${value}" is longer than ${longest}` })
      return z.NEVER
    }
    return milliseconds
  })

/** A duration of up to 30 days, in milliseconds. */
export const duration = durationUpTo("30 days")

/** `"5mb"` in bytes. */
export const size = z.union([z.number(), z.string()], "must be a size such as \"5mb\"").transform((value, context) => {
  // the library reads "5xx" as 5
  const count = /^\d+(\.\d+)?\s*([kmg]?b)?$/i.test(String(value).trim()) ? bytes.parse(value) : null
  if (count === null || !Number.isInteger(count) || count <= 0 || count > MAX_BODY_BYTES) {
    context.addIssue({ code: "custom", message: `"${String(value)}" is not a size such as "5mb" or "500kb", up to "1gb"` })
    return z.NEVER
  }
  return count
})

/** The smallest number of characters of a key or a secret. */
export const MIN_SECRET = 16

/** A secret with which webhooks are signed. */
export const secret = text
  .min(MIN_SECRET, `must have at least ${String(MIN_SECRET)} characters`)
  .refine(
    (value) => !value.startsWith("whsec_") || /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(value),
    "behind whsec_ there must be at least 16 characters of base64"
  )
