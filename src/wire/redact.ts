/** An object of JSON. */
export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

/** What stands in the place of what is not kept. */
export const REDACTED = "[redacted]"

/** How much more than is kept is looked at: enough for what is taken out to be made up for, not for a megabyte. */
const LOOKED_AT = 4

/** Bounded, because an answer may be a megabyte without a single blank. */
const E_MAIL = /[^\s@<>()'"=,;:]{1,254}@[^\s@<>()'"=,;:]{1,254}/g

/**
 * A text that can be kept: without control or half characters and addresses of people, and cut.
 * @param maxLength how many characters are kept; `…` follows where there were more
 */
export function tidied(text: string, maxLength: number): string {
  const looked = text.slice(0, maxLength * LOOKED_AT)
  // what was begun at the end could be an address
  const whole = looked.length < text.length ? looked.replace(/[^\s@<>()'"=,;:]{1,254}$/, "…") : looked
  const tidy = whole
    .replace(/[^\P{Cc}\t\n]+|\p{Cs}+/gu, " ")
    .replace(E_MAIL, "…@…")
    .trim()
  return tidy.length > maxLength ? `${tidy.slice(0, maxLength).replace(/\p{Cs}$/u, "")}…` : tidy
}

/** What Odoo's exceptions say to its users. */
const TEXT_FOR_PEOPLE = /^odoo\.(exceptions\.\w+|http\.SessionExpiredException|addons\.)/

/**
 * Whether an exception of Odoo's, by its name, speaks to programmers: the texts of those quote SQL and the values of
 * rows.
 */
export const forProgrammers = (exceptionName: string) => !TEXT_FOR_PEOPLE.test(exceptionName)

/** What opens doors, within a text: `password=…`, `"api_key": "…"`, `Authorization: Bearer …`. */
const SECRET_IN_TEXT =
  /\b([\w-]{0,40}(?:passw(?:or)?d|passphrase|pwd|token|secret|api[_-]?key|session[_-]?id|authori[sz]ation|cookie))(\\{0,7}["']?\s{0,8}[=:]\s{0,8})(?:\\{0,7}(["'])(?:(?!\\{0,7}\3).){0,4096}|(?:(?:bearer|basic)\s{1,8})?[^\s"',;&<>]{1,4096})/gi

const BEARER = /\b(bearer|basic)\s{1,8}[A-Za-z0-9._~+/=-]{8,4096}/gi

/** A traceback of Python, which quotes code and the values that it was at work on. */
const TRACEBACK = /Traceback \(most recent call last\)[^]*/

/** Takes secrets and tracebacks out of a text. */
export type Cleaner = (text: string) => string

/** @param secrets our own, which an answer might repeat */
export function cleaner(secrets: readonly string[]): Cleaner {
  const own = secrets.flatMap((secret) => [secret, secret.replace(/^whsec_/, "")])
  return (text) =>
    own
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, REDACTED), text)
      .replace(SECRET_IN_TEXT, `$1$2${REDACTED}`)
      .replace(BEARER, `$1 ${REDACTED}`)
      .replace(TRACEBACK, "Traceback …")
}
