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
 * - `busy`: Odoo answers nobody for the moment (429, 503); nothing was done
 * - `database`: there is no such database
 * - `key`: the user, password or API key is wrong, or has expired
 * - `plan`: Odoo's subscription does not include the API
 * - `maintenance`: a page says that Odoo is being upgraded or restarted
 * - `not_odoo`: the address belongs to something else
 * - `timeout`: no answer in time; whether the call was done is unknown
 * - `transport`: the connection could not be opened, or broke; whether the call was done is unknown unless it never opened
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

/** The sentence that a person reads for each kind. None holds anything that Odoo has said, so that all may be logged. */
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

/** A call of Odoo that failed. */
export class OdooError extends Error {
  override readonly name = "OdooError"

  /**
   * @param kind see `OdooErrorKind`
   * @param call the model and the method, such as `sale.order/load`; may be logged
   * @param reason Odoo's own words in one line, without secrets and tracebacks; null where it said nothing. It may speak of people, and so does not belong into a log.
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

/** Whether a call failed because Odoo lacks the model: the app that brings it is not installed. */
export const isModelMissing = (error: unknown): boolean => error instanceof OdooError && error.kind === "call" && SAYS_NO_MODEL.test(error.reason ?? "")

export const nameOfCall = ({ model, method }: Pick<OdooCall, "model" | "method">) => `${model}/${method}`

/** Kinds by the last part of an exception's name. */
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

/** Whether a text of Odoo's tells that other work held the same records, and that nothing was done. */
export const saysConcurrency = (text: string) => SAYS_CONCURRENCY.test(text)

const SAYS_NO_DATABASE = /database .{0,200}(does not exist|not found)|no database|select a database/i
/** JSON-RPC says so by the exception that refuses values, too. */
const SAYS_NO_MODEL = /\b(object|model|method) \S+ (doesn't|does not) exist/i
const SAYS_PLAN = /\b(subscription|pricing|custom) plan\b|\bplan\b.{0,80}\b(api|external)\b|\bapi\b.{0,80}\bplan\b/i
/** How much of a page is searched. */
const MAX_PAGE = 4_000

const SAYS_MAINTENANCE = /maintenance|upgrad|be right back|restart|temporarily unavailable/i

/** The kind of an error of Odoo. Its exception comes before the status: JSON-RPC answers 200 to all. */
function kindOfException(exception: Json, said: string, status: number): OdooErrorKind {
  const bySaying: readonly (readonly [RegExp, OdooErrorKind])[] = [[SAYS_CONCURRENCY, "concurrency"], [SAYS_NO_DATABASE, "database"], [SAYS_PLAN, "plan"], [SAYS_NO_MODEL, "call"]]
  const name = typeof exception.name === "string" ? exception.name : ""
  return bySaying.find(([says]) => says.test(said))?.[1] ?? KIND_BY_EXCEPTION[name.split(".").at(-1) ?? ""] ?? kindOfStatus(status) ?? "call"
}

const kindOfStatus = (status: number): OdooErrorKind | undefined => (status === 401 ? "key" : status === 429 || status === 503 ? "busy" : undefined)

/**
 * Reads why a call failed out of an answer that is no result.
 * @param error the error as JSON: JSON-2 writes an exception, JSON-RPC wraps one; undefined where the answer has none
 * @param secrets our own, which no reason may repeat
 */
export function readFailure({ status, body, retryAfter }: HttpAnswer, error: unknown, call: string, secrets: readonly string[]): OdooError {
  const clean = cleaner(secrets)
  const waitMs = retryAfter === "" ? null : retryAfterMs(retryAfter, new Date())
  if (isObject(error)) {
    return new OdooError(kindOfException(exceptionOf(error), symptomsIn(error, clean), status), call, reasonIn(error, clean), status, waitMs)
  }
  const title = isPage(body) ? lineIn(pageText(body), clean) : null
  // below its heading, a page of Odoo says that no database is selected
  const kind = SAYS_NO_DATABASE.test(body.slice(0, MAX_PAGE)) ? "database" : [502, 503, 504].includes(status) || SAYS_MAINTENANCE.test(title ?? "") ? "maintenance" : (kindOfStatus(status) ?? "not_odoo")
  return new OdooError(kind, call, title, status, waitMs)
}
