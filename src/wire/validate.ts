import type { z } from "zod"

import { WireError, type WireIssue } from "./errors"
import { isBlank } from "./normalise"

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${String(part)}]` : text === "" ? String(part) : `${text}.${String(part)}`),
    ""
  )

/** How many reasons an answer names: enough to mend a payload, not enough to double its size. */
const MAX_ISSUES = 50

/** Zod's issues as the wire names them. */
export function toWireIssues(error: z.ZodError): WireIssue[] {
  return error.issues.slice(0, MAX_ISSUES).map((issue) => ({ path: pathOf(issue.path), message: issue.message }))
}

/**
 * Checks an input from the wire against its schema.
 * @throws WireError `VALIDATION_ERROR`, `details.issues` naming each path and why (contract 1, "Errors")
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
 * Checks a query the same way. A member without a value counts as not sent: forms and programs send those that nobody
 * has filled in.
 * @throws WireError `VALIDATION_ERROR`, as `validate` does
 */
export function validateQuery<T extends z.ZodType>(schema: T, query: Readonly<Record<string, unknown>>): z.output<T> {
  return validate(schema, Object.fromEntries(Object.entries(query).filter(([, value]) => !isBlank(value))))
}
