import { z } from "zod"

import { textSchema } from "./normalise"

/** How deep metadata may nest: far beyond what anybody reads, far below what exhausts a stack. */
const MAX_DEPTH = 20

const isText = (text: string) => textSchema.safeParse(text).success

/** Whether a member may be called so: Medusa calls `hasOwnProperty` on what it is given, and fails where that is a member. */
const isKey = (key: string) => key !== "__proto__" && key !== "hasOwnProperty" && isText(key)

/** Says what is wrong with a value of metadata; undefined for nothing. Goes no deeper than it allows. */
function reasonAgainst(value: unknown, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) {
    return `must not nest deeper than ${String(MAX_DEPTH)} levels`
  }
  if (typeof value === "string") {
    return isText(value) ? undefined : "must hold no text with NUL characters, lone surrogates or more than 100000 characters"
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    return "must hold no number that is too large to be one"
  }
  if (typeof value !== "object" || value === null) {
    return undefined
  }
  for (const [key, member] of Object.entries(value)) {
    const reason = isKey(key) ? reasonAgainst(member, depth + 1) : "must not have such a key"
    if (reason !== undefined) {
      return reason
    }
  }
  return undefined
}

/**
 * Metadata as the wire takes it: an object of JSON that is merged into what is there; null removes a key. What the
 * database could not hold is refused.
 */
export const metadataSchema = z.record(z.string(), z.unknown(), "must be an object").superRefine((metadata, context) => {
  for (const [key, value] of Object.entries(metadata)) {
    if (!isKey(key)) {
      // the key itself is not repeated: it may hold what no answer should
      context.addIssue({ code: "custom", message: "must not have such a key" })
      continue
    }
    const reason = reasonAgainst(value)
    if (reason !== undefined) {
      context.addIssue({ code: "custom", path: [key.slice(0, 255)], message: reason })
    }
  }
})
