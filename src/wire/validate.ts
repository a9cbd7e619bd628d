import type { z } from "zod"

import { WireError, type WireIssue } from "./errors"
import { isBlank } from "./normalise"

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${String(part)}]` : text === "" ? String(part) : `${text}.${String(part)}`),
    ""
  )

/** How many issues an answer names at most. */
const MAX_ISSUES = 50

/** Translates Zod's issues into those of the wire. */
export function toWireIssues(error: z.ZodError): WireIssue[] {
  return error.issues.slice(0, MAX_ISSUES).map((issue) => ({ path: pathOf(issue.path), message: issue.message }))
}

/**
 * Checks an input of the wire with its schema.
 * @returns the output of the schema
 * @throws WireError `VALIDATION_ERROR` with the path and the reason of each fault in `details.issues` (contract 1, "Errors")
 */
export function validate<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input)
  if (result.success) {
    return result.data
  }
  const issues = toWireIssues(result.error)
  const first = issues[0]
  const more = result.error.issues.length - 1
  throw new WireError(
    "VALIDATION_ERROR",
    `${first?.path ? `${first.path}: ` : ""}${first?.message ?? "is not of the described form"}${more > 0 ? ` (and ${String(more)} more)` : ""}`,
    { issues }
  )
}

/**
 * Checks a query as {@link validate} does. A member with an empty value counts as missing, because forms send those that nobody
 * has filled in.
 * @throws WireError `VALIDATION_ERROR`
 */
export function validateQuery<T extends z.ZodType>(schema: T, query: Readonly<Record<string, unknown>>): z.output<T> {
  return validate(schema, Object.fromEntries(Object.entries(query).filter(([, value]) => !isBlank(value))))
}
