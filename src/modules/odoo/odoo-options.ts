import { z } from "zod"

import { parts } from "./option-schemas"

/** `"8=sloc_1,WH/Stock=Main"` from the environment is `[["8", "sloc_1"], ["WH/Stock", "Main"]]`. */
const pairs = (value: unknown): unknown =>
  typeof value === "string"
    ? parts(value).map((pair) => pair.split("=").map((part) => part.trim()))
    : typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : value

const isName = (value: unknown): value is string => typeof value === "string" && /^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u.test(value)

const isPair = (value: unknown): value is [string, string] => Array.isArray(value) && value.length === 2 && value.every(isName)

/** Which stock location is meant by what Odoo calls its locations and warehouses, each of which may be named once. */
const locationsSchema = z.preprocess(pairs, z.unknown()).transform((mapped, context) => {
  const members: unknown[] = Array.isArray(mapped) ? mapped : [mapped]
  const known = members.filter(isPair)
  const twice = known.find(([odoo], index) => known.findIndex(([other]) => other.toLowerCase() === odoo.toLowerCase()) < index)
  if (known.length < members.length) {
    context.addIssue({ code: "custom", message: "each must say which stock location Odoo's is, as \"8=sloc_…\" or \"WH/Stock=Main warehouse\"" })
  } else if (twice !== undefined) {
    context.addIssue({ code: "custom", message: `"${twice[0]}" stands there twice` })
  }
  return Object.fromEntries(known)
})

/** What stands under `odoo`. */
export const odooSchema = z.strictObject({ locations: locationsSchema.default({}) })
