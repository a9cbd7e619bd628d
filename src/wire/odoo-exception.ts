import { type Cleaner, forProgrammers, isObject, type Json, tidied } from "./redact"

const MAX_REASON = 300

/** How much of a text is looked at: what says why stands at its beginning. */
const MAX_LOOKED_AT = 4_000

/** One line that can be kept. */
const oneLine = (text: string) => tidied(text.replace(/[\s\p{Cc}\p{Cs}]+/gu, " "), MAX_REASON)

/** A text that says something, as one line; null for anything else. */
export const lineIn = (value: unknown, clean: Cleaner): string | null =>
  typeof value === "string" && value.trim() !== "" ? oneLine(clean(value.slice(0, MAX_LOOKED_AT))) : null

/** What stands in quotes and is a name of the code by its shape: `partner_id`, `res.partner`. Anything else may be a value. */
const NAME_OF_CODE = /^([a-z][a-z0-9]*([_.]+[a-z0-9]+)+|_[a-z0-9_.]+|NoneType|Request|HttpRequest)$/

/** A name of one word, where the text says before it that a name follows, or after it that one was there. */
const SAYS_NAME_BEFORE = /\b(attribute|field|column|relation|constraint|model|argument|module|method|function|name|type)s?:? $/i
const SAYS_NAME_AFTER = /^ (object|field|column|model|module|argument)\b/
const ONE_WORD = /^[a-z][a-z0-9]*$/

const QUOTED = /(?<!\w)(['"])((?:(?!\1).){0,1000})\1(?!\w)/g

/** Numbers that are long enough to be somebody's: a phone, a card. */
const LONG_NUMBER = /\d[\d\s-]{5,64}\d/g

/** A text without the values that it quotes: they are those of rows, and rows are people. */
const withoutValues = (exceptionName: string, text: string) =>
  text
    .replace(QUOTED, (quoted: string, _, inner: string, start: number) => {
      // a KeyError says nothing but the key
      const saysName = () => exceptionName.endsWith("KeyError") || SAYS_NAME_BEFORE.test(text.slice(0, start)) || SAYS_NAME_AFTER.test(text.slice(start + quoted.length))
      return NAME_OF_CODE.test(inner) || (ONE_WORD.test(inner) && saysName()) ? quoted : "'…'"
    })
    .replace(LONG_NUMBER, "…")

/** What Postgres says first begins in lower case. What follows it shows rows. */
const DATABASE_SENTENCE = /^[a-z][^\n=]{0,300}/

/** The last line of a traceback: the exception's name and text. */
const LAST_LINE = /^([A-Za-z_][\w.]*(?:Error|Exception|Warning|Denied|Violation|Failure|NotFound|Forbidden))(?:: (.*))?$/

function lastLine(debug: unknown): { name: string | undefined; text: string | undefined } {
  const line = typeof debug === "string" ? (debug.slice(-MAX_LOOKED_AT).trimEnd().split("\n").at(-1) ?? "") : ""
  const [, name, text] = LAST_LINE.exec(line.trim()) ?? []
  return { name, text }
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== ""

/** What an exception says of itself: its message, else its arguments, else the last line of its traceback. */
function ownText({ message, arguments: given, debug }: Json): string | undefined {
  return [message, ...(Array.isArray(given) ? (given as unknown[]) : [given]), lastLine(debug).text].find(isText)
}

/**
 * What an exception says that speaks to programmers, as far as it can be shown: secrets, quoted values and long numbers
 * are taken out; of the database's, all but the first sentence.
 * @param name the exception's, such as `builtins.ValueError`
 * @returns null where nothing can be shown
 */
export function programmersText(name: string, exception: Json, clean: Cleaner): string | null {
  const text = (ownText(exception) ?? "").slice(0, MAX_LOOKED_AT)
  const shown = name.startsWith("psycopg") ? (DATABASE_SENTENCE.exec(text)?.[0] ?? "") : text
  return lineIn(withoutValues(name, clean(shown)), (line) => line)
}

/** An exception by its name and what it says: `builtins.ValueError: Expected singleton: res.users()`. */
function exceptionIn(data: Json, clean: Cleaner): string | null {
  const name = lineIn(data.name, clean) ?? lineIn(lastLine(data.debug).name, clean)
  if (name === null || !forProgrammers(name)) {
    return lineIn(ownText(data), clean)
  }
  const text = programmersText(name, data, clean)
  return text === null ? name : oneLine(`${name}: ${text}`)
}

/** An exception as JSON-RPC wraps it, under `data`, or as JSON-2 writes it. */
export const exceptionOf = (error: Json): Json => (isObject(error.data) ? error.data : error)

/**
 * What Odoo says in an `error` member, whichever form that has: a text, or an exception. One line, without tracebacks,
 * secrets and addresses of people.
 * @returns null where it says nothing
 */
export function reasonIn(error: unknown, clean: Cleaner): string | null {
  if (!isObject(error)) {
    return lineIn(error, clean)
  }
  const exception = exceptionOf(error)
  return exceptionIn(exception, clean) ?? lineIn(error.message, clean) ?? lineIn(exception.name, clean)
}

/** What tells known failures apart: an exception's name, and what it says. */
export function symptomsIn(error: unknown, clean: Cleaner): string {
  const names = isObject(error) ? [exceptionOf(error).name, error.message].map((text) => lineIn(text, clean)) : []
  return [...names, reasonIn(error, clean)].filter((text) => text !== null).join(" ")
}
