import { isPage, pageText } from "../wire/kept-reply"
import { exceptionOf, lineIn, reasonIn, symptomsIn } from "../wire/odoo-exception"
import { cleaner, isObject, type Json } from "../wire/redact"
import { retryAfterMs } from "../wire/retry-after"
import type { OdooCall } from "./connection"
import type { HttpAnswer } from "./protocol"

/**
 * Why a call failed:
 * - `access`: the user lacks a right
 * - `missing_record`: a record is gone
 * - `validation`: Odoo refuses the values, or the state of a record forbids the call
 * - `concurrency`: another transaction held the rows; nothing was done
 * - `busy`: Odoo has too much to do for the moment (429, 503); nothing was done
 * - `database`: there is no such database
 * - `key`: the user, password or API key is wrong, or has expired
 * - `plan`: Odoo's subscription does not include the API
 * - `maintenance`: a page says that Odoo is being upgraded or restarted
 * - `not_odoo`: the address belongs to something else
 * - `timeout`: no answer in time; it is unknown whether the call was carried out
 * - `transport`: the connection could not be opened, or broke; after a broken one it is unknown whether the call was carried out
 * - `call`: the model, the method or a field does not exist, or the method raised another error
 */
export type OdooErrorKind =
  | "access"
  | "missing_record"
  | "validation"
  | "concurrency"
  | "busy"
  | "database"
  | "key"
  | "plan"
  | "maintenance"
  | "not_odoo"
  | "timeout"
  | "transport"
  | "call"

/** The sentence for each kind that a person reads. The sentences are the plugin's own, so they may be logged. */
const SENTENCES: Record<OdooErrorKind, string> = {
  access: "The user in Odoo lacks a right.",
  missing_record: "A record is no longer in Odoo.",
  validation: "Odoo refuses the values.",
  concurrency: "Other work in Odoo held the same records.",
  busy: "Odoo takes no calls at the moment.",
  database: "Odoo has no database of that name. Check odoo.database.",
  key: "Odoo does not accept the user with that password or key. Check odoo.username and odoo.password, and whether the key has expired.",
  plan: "Odoo's subscription does not include the API.",
  maintenance: "Odoo is in maintenance.",
  not_odoo: "The address does not answer as an Odoo does. Check odoo.url.",
  timeout: "Odoo did not answer in time.",
  transport: "Odoo could not be reached. Check odoo.url, and that Odoo runs.",
  call: "Odoo raised an error.",
}

/** The error of a failed call of Odoo. */
export class OdooError extends Error {
  override readonly name = "OdooError"

  /**
   * @param kind see `OdooErrorKind`
   * @param call the model and the method, such as `sale.order/load`; may be logged
   * @param reason Odoo's own words in one line, without secrets and tracebacks; null where Odoo gave no reason. It must not be logged,
   *   because it may contain personal data
   * @param retryAfterMs how long Odoo asks to wait
   */
  constructor(
    readonly kind: OdooErrorKind,
    readonly call: string,
    readonly reason: string | null = null,
    readonly status: number | null = null,
    readonly retryAfterMs: number | null = null
  ) {
    super(`${SENTENCES[kind]} (${call})`)
  }
}

/** Whether a call failed because Odoo does not have the model: the app with the model is not installed. */
export const isModelMissing = (error: unknown): boolean => error instanceof OdooError && error.kind === "call" && SAYS_NO_MODEL.test(error.reason ?? "")

export const nameOfCall = ({ model, method }: Pick<OdooCall, "model" | "method">) => `${model}/${method}`

/** The kind of an error by the last part of the exception's name. */
const KIND_BY_EXCEPTION: Record<string, OdooErrorKind> = {
  AccessError: "access",
  AccessDenied: "key",
  Unauthorized: "key",
  SessionExpiredException: "key",
  MissingError: "missing_record",
  ValidationError: "validation",
  UserError: "validation",
  RedirectWarning: "validation",
  LockError: "concurrency",
  ConcurrencyError: "concurrency",
  SerializationFailure: "concurrency",
  LockNotAvailable: "concurrency",
  DeadlockDetected: "concurrency",
  TransactionRollbackError: "concurrency",
  TooManyRequests: "busy",
  ServiceUnavailable: "busy",
}

const SAYS_CONCURRENCY = /could not serialize access|could not obtain lock|deadlock detected/i

/** Whether a text of Odoo's shows that other work had locked the same records, so that nothing was done. */
export const saysConcurrency = (text: string) => SAYS_CONCURRENCY.test(text)

const SAYS_NO_DATABASE = /database .{0,200}(does not exist|not found)|no database|select a database/i
/** The texts for a missing model or method. JSON-RPC raises the same exception for these as for refused values. */
const SAYS_NO_MODEL = /\b(object|model|method) \S+ (doesn't|does not) exist/i
const SAYS_PLAN = /\b(subscription|pricing|custom) plan\b|\bplan\b.{0,80}\b(api|external)\b|\bapi\b.{0,80}\bplan\b/i
/** How many characters of an HTML page are searched. */
const MAX_PAGE = 4_000

const SAYS_MAINTENANCE = /maintenance|upgrad|be right back|restart|temporarily unavailable/i

/** The kind of an error of Odoo, by its exception, else by its HTTP status: JSON-RPC answers every error with 200. */
function kindOfException(exception: Json, said: string, status: number): OdooErrorKind {
  const bySaying: readonly (readonly [RegExp, OdooErrorKind])[] = [[SAYS_CONCURRENCY, "concurrency"], [SAYS_NO_DATABASE, "database"], [SAYS_PLAN, "plan"], [SAYS_NO_MODEL, "call"]]
  const name = typeof exception.name === "string" ? exception.name : ""
  return bySaying.find(([says]) => says.test(said))?.[1] ?? KIND_BY_EXCEPTION[name.split(".").at(-1) ?? ""] ?? kindOfStatus(status) ?? "call"
}

const kindOfStatus = (status: number): OdooErrorKind | undefined => (status === 401 ? "key" : status === 429 || status === 503 ? "busy" : undefined)

/**
 * Reads from an answer without a result why a call failed.
 * @param error the error as JSON: JSON-2 writes an exception, JSON-RPC wraps one; undefined where the answer has none
 * @param secrets the password or key, which the reason must not contain
 */
export function readFailure({ status, body, retryAfter }: HttpAnswer, error: unknown, call: string, secrets: readonly string[]): OdooError {
  const clean = cleaner(secrets)
  const waitMs = retryAfter === "" ? null : retryAfterMs(retryAfter, new Date())
  if (isObject(error)) {
    return new OdooError(kindOfException(exceptionOf(error), symptomsIn(error, clean), status), call, reasonIn(error, clean), status, waitMs)
  }
  const title = isPage(body) ? lineIn(pageText(body), clean) : null
  // the page of an Odoo without a selected database says so below its heading
  const kind = SAYS_NO_DATABASE.test(body.slice(0, MAX_PAGE)) ? "database" : [502, 503, 504].includes(status) || SAYS_MAINTENANCE.test(title ?? "") ? "maintenance" : (kindOfStatus(status) ?? "not_odoo")
  return new OdooError(kind, call, title, status, waitMs)
}
