type ErrorLike = { name?: unknown; message?: unknown; code?: unknown; severity?: unknown }

/** The query builder puts the statement before the message of every error, also of one without an SQLSTATE. */
const QUOTES_A_STATEMENT = /^\s*(select|insert|update|delete|with|begin|commit|rollback|savepoint|release)\b/i

/**
 * Describes an error for the log: its name and message, or, for a database error, only its SQLSTATE, because its text quotes the
 * SQL. Errors are recognized by their members, because a workflow engine may return a plain copy.
 */
export function describeError(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) {
    return String(thrown)
  }
  const { name, message, code, severity } = thrown as ErrorLike
  if (typeof severity === "string" && typeof code === "string") {
    return `database error ${code}`
  }
  const text = typeof message === "string" ? message : "no message"
  if (QUOTES_A_STATEMENT.test(text)) {
    return "database error: the connection broke"
  }
  return typeof name === "string" && name !== "Error" ? `${name}: ${text}` : text
}
