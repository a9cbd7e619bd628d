/**
 * Makes an `Error` of whatever was thrown. A workflow engine may hand an error back as a plain copy, and a logger
 * that is given one prints nothing of it.
 */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) {
    return thrown
  }
  if (typeof thrown === "object" && thrown !== null && "message" in thrown && typeof thrown.message === "string") {
    return Object.assign(new Error(thrown.message), thrown)
  }
  return new Error(String(thrown))
}
