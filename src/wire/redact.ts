/** An object of JSON. */
export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

/** The text in the place of a removed one. */
export const REDACTED = "[redacted]"

/** How many times as many characters are read as are kept, to make up for removed ones without reading a megabyte. */
const LOOKED_AT = 4

/** The pattern of an e-mail address. Its lengths are bounded, because an answer may be a megabyte without a blank. */
const E_MAIL = /[^\s@<>()'"=,;:]{1,254}@[^\s@<>()'"=,;:]{1,254}/g

/**
 * A text without control characters, unpaired surrogates and e-mail addresses, cut to a length.
 * @param maxLength how many characters are kept; `…` follows where there were more
 */
export function tidied(text: string, maxLength: number): string {
  const looked = text.slice(0, maxLength * LOOKED_AT)
  // a word that was cut at the end could be part of an address
  const whole = looked.length < text.length ? looked.replace(/[^\s@<>()'"=,;:]{1,254}$/, "…") : looked
  const tidy = whole
    .replace(/[^\P{Cc}\t\n]+|\p{Cs}+/gu, " ")
    .replace(E_MAIL, "…@…")
    .trim()
  return tidy.length > maxLength ? `${tidy.slice(0, maxLength).replace(/\p{Cs}$/u, "")}…` : tidy
}

/** The names of Odoo's exceptions whose messages are meant for users. */
const TEXT_FOR_PEOPLE = /^odoo\.(exceptions\.\w+|http\.SessionExpiredException|addons\.)/

/** Whether an exception of Odoo, by its name, is meant for programmers: its message may quote SQL and values of rows. */
export const forProgrammers = (exceptionName: string) => !TEXT_FOR_PEOPLE.test(exceptionName)

/** Secrets within a text: `password=…`, `"api_key": "…"`, `Authorization: Bearer …`. */
const SECRET_IN_TEXT =
  /\b([\w-]{0,40}(?:passw(?:or)?d|passphrase|pwd|token|secret|api[_-]?key|session[_-]?id|authori[sz]ation|cookie))(\\{0,7}["']?\s{0,8}[=:]\s{0,8})(?:\\{0,7}(["'])(?:(?!\\{0,7}\3).){0,4096}|(?:(?:bearer|basic)\s{1,8})?[^\s"',;&<>]{1,4096})/gi

const BEARER = /\b(bearer|basic)\s{1,8}[A-Za-z0-9._~+/=-]{8,4096}/gi

/** A traceback of Python, which quotes code and values. */
const TRACEBACK = /Traceback \(most recent call last\)[^]*/

/** Removes secrets and tracebacks from a text. */
export type Cleaner = (text: string) => string

/**
 * Makes a function that removes secrets and tracebacks from a text.
 * @param secrets the plugin's secrets, which an answer might contain
 */
export function cleaner(secrets: readonly string[]): Cleaner {
  const own = secrets.flatMap((secret) => [secret, secret.replace(/^whsec_/, "")])
  return (text) =>
    own
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, REDACTED), text)
      .replace(SECRET_IN_TEXT, `$1$2${REDACTED}`)
      .replace(BEARER, `$1 ${REDACTED}`)
      .replace(TRACEBACK, "Traceback …")
}
