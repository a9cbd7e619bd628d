import { z } from "zod"

import { textSchema } from "./normalise"

/** How many levels metadata may have: more than anybody needs, and too few to exhaust a stack. */
const MAX_DEPTH = 20

const isText = (text: string) => textSchema.safeParse(text).success

/** Whether a text may be a key. Medusa calls `hasOwnProperty` on the objects that it gets, and fails where it is a member. */
const isKey = (key: string) => key !== "__proto__" && key !== "hasOwnProperty" && isText(key)

/** Why a value can not be metadata; undefined where it can. Reads no more levels than {@link MAX_DEPTH}. */
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
 * Metadata on the wire: a JSON object that is merged into the present metadata; null removes a key. Values that Postgres can not
 * store are refused.
 */
export const metadataSchema = z.record(z.string(), z.unknown(), "must be an object").superRefine((metadata, context) => {
  for (const [key, value] of Object.entries(metadata)) {
    if (!isKey(key)) {
      // the message does not repeat the key, which may contain anything
      context.addIssue({ code: "custom", message: "must not have such a key" })
      continue
    }
    const reason = reasonAgainst(value)
    if (reason !== undefined) {
      context.addIssue({ code: "custom", path: [key.slice(0, 255)], message: reason })
    }
  }
})
