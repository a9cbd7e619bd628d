import { type Cleaner, forProgrammers, isObject, type Json, tidied } from "./redact"

const MAX_REASON = 300

/** How many characters of a text are read; the reason stands at its beginning. */
const MAX_LOOKED_AT = 4_000

/** A text as one line of limited length. */
const oneLine = (text: string) => tidied(text.replace(/[\s\p{Cc}\p{Cs}]+/gu, " "), MAX_REASON)

/** A text as one line; null for a blank text and for other values. */
export const lineIn = (value: unknown, clean: Cleaner): string | null =>
  typeof value === "string" && value.trim() !== "" ? oneLine(clean(value.slice(0, MAX_LOOKED_AT))) : null

/** The form of names in code, such as `partner_id` or `res.partner`. Any other quoted text may be a value. */
const NAME_OF_CODE = /^([a-z][a-z0-9]*([_.]+[a-z0-9]+)+|_[a-z0-9_.]+|NoneType|Request|HttpRequest)$/

/** Words before a quoted text which show that it is a name in code. */
const SAYS_NAME_BEFORE = /\b(attribute|field|column|relation|constraint|model|argument|module|method|function|name|type)s?:? $/i
const SAYS_NAME_AFTER = /^ (object|field|column|model|module|argument)\b/
const ONE_WORD = /^[a-z][a-z0-9]*$/

const QUOTED = /(?<!\w)(['"])((?:(?!\1).){0,1000})\1(?!\w)/g

/** Numbers that are long enough to be personal, such as a phone number. */
const LONG_NUMBER = /\d[\d\s-]{5,64}\d/g

/** Removes the quoted values from a text, which may come from rows about people. */
const withoutValues = (exceptionName: string, text: string) =>
  text
    .replace(QUOTED, (quoted: string, _, inner: string, start: number) => {
      // a KeyError says nothing but the key
      const saysName = () => exceptionName.endsWith("KeyError") || SAYS_NAME_BEFORE.test(text.slice(0, start)) || SAYS_NAME_AFTER.test(text.slice(start + quoted.length))
      return NAME_OF_CODE.test(inner) || (ONE_WORD.test(inner) && saysName()) ? quoted : "'…'"
    })
    .replace(LONG_NUMBER, "…")

/** The first sentence of an error of Postgres. Further ones quote rows. */
const DATABASE_SENTENCE = /^[a-z][^\n=]{0,300}/

/** The last line of a traceback: the exception's name and text. */
const LAST_LINE = /^([A-Za-z_][\w.]*(?:Error|Exception|Warning|Denied|Violation|Failure|NotFound|Forbidden))(?:: (.*))?$/

function lastLine(debug: unknown): { name: string | undefined; text: string | undefined } {
  const line = typeof debug === "string" ? (debug.slice(-MAX_LOOKED_AT).trimEnd().split("\n").at(-1) ?? "") : ""
  const [, name, text] = LAST_LINE.exec(line.trim()) ?? []
  return { name, text }
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== ""

/** The text of an exception: its message, else its arguments, else the last line of its traceback. */
function ownText({ message, arguments: given, debug }: Json): string | undefined {
  return [message, ...(Array.isArray(given) ? (given as unknown[]) : [given]), lastLine(debug).text].find(isText)
}

/**
 * The part that may be shown of an exception that is meant for programmers: without secrets, quoted values and long numbers; of an
 * error of Postgres, the first sentence.
 * @param name the name of the exception, such as `builtins.ValueError`
 * @returns null where nothing may be shown
 */
export function programmersText(name: string, exception: Json, clean: Cleaner): string | null {
  const text = (ownText(exception) ?? "").slice(0, MAX_LOOKED_AT)
  const shown = name.startsWith("psycopg") ? (DATABASE_SENTENCE.exec(text)?.[0] ?? "") : text
  return lineIn(withoutValues(name, clean(shown)), (line) => line)
}

/** An exception as one line: `builtins.ValueError: Expected singleton: res.users()`. */
function exceptionIn(data: Json, clean: Cleaner): string | null {
  const name = lineIn(data.name, clean) ?? lineIn(lastLine(data.debug).name, clean)
  if (name === null || !forProgrammers(name)) {
    return lineIn(ownText(data), clean)
  }
  const text = programmersText(name, data, clean)
  return text === null ? name : oneLine(`${name}: ${text}`)
}

/** The exception in an error: under `data` in JSON-RPC, the error itself in JSON-2. */
export const exceptionOf = (error: Json): Json => (isObject(error.data) ? error.data : error)

/**
 * The reason in an `error` member of Odoo's answer, which may be a text or an exception: one line, without tracebacks, secrets and
 * e-mail addresses.
 * @returns null where it gives none
 */
export function reasonIn(error: unknown, clean: Cleaner): string | null {
  if (!isObject(error)) {
    return lineIn(error, clean)
  }
  const exception = exceptionOf(error)
  return exceptionIn(exception, clean) ?? lineIn(error.message, clean) ?? lineIn(exception.name, clean)
}

/** The text in which known failures are searched: the name of an exception and its message. */
export function symptomsIn(error: unknown, clean: Cleaner): string {
  const names = isObject(error) ? [exceptionOf(error).name, error.message].map((text) => lineIn(text, clean)) : []
  return [...names, reasonIn(error, clean)].filter((text) => text !== null).join(" ")
}
