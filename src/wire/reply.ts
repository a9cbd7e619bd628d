import { isPage, pageText } from "./kept-reply"
import { lineSchema } from "./normalise"
import { lineIn, reasonIn, symptomsIn } from "./odoo-exception"
import { odooIdSchema } from "./odoo-id"
import { parsedJson } from "./parsed-json"
import { cleaner, type Cleaner, isObject, type Json } from "./redact"
import { remedyFor, type Symptoms } from "./remedies"

/** The classes of failed attempts. `held`: the record can not be told as it is, and something in Odoo or in the shop has to be mended first. */
export const FAILURE_CLASSES = ["transport", "timeout", "http", "rpc_error", "refused", "not_json", "held"] as const

export type FailureClass = (typeof FAILURE_CLASSES)[number]

export type DeliveryFailure = {
  class: FailureClass
  /** one sentence for a person, in the plugin's own words; may be logged */
  message: string
  /** Odoo's own reason in one line; must not be logged, because it may contain personal data */
  reason: string | null
}

/** The link that a reply names. */
export type ReplyLink = { odoo_id: string; odoo_name: string | null }

export type Verdict =
  | { delivered: true; link: ReplyLink | null }
  | { delivered: false; failure: DeliveryFailure }

/** How many characters of an HTML page are searched for a known failure. */
const MAX_PAGE = 4_000

/** Whether a value is there. Odoo writes `false` for a missing value. */
const isThere = (value: unknown) => value !== undefined && value !== null && value !== false && value !== ""

function failed(failureClass: FailureClass, message: string, reason: string | null = null, symptoms: Symptoms = {}): Verdict {
  const remedy = remedyFor(symptoms)
  return { delivered: false, failure: { class: failureClass, message: remedy === undefined ? message : `${message} ${remedy}`, reason } }
}

/** The title of an HTML page, or its first heading where the title is that of every page of Odoo; null where the answer is no page. */
function titleOf(body: string, clean: Cleaner): string | null {
  const lines = isPage(body) ? pageText(body).split("\n") : []
  return lineIn(lines.find((line) => line !== "Odoo"), clean)
}

function httpFailure(status: number, body: string, clean: Cleaner): Verdict {
  const answered = `Odoo answered ${String(status)}`
  if (status >= 300 && status < 400) {
    // the page of a redirect contains the address
    return failed("http", `${answered}, a redirect. Set webhook.url to the address it leads to.`, null, { said: body.slice(0, MAX_PAGE) })
  }
  const parsed = parsedJson(body)?.json
  if (!isObject(parsed)) {
    const title = titleOf(body, clean)
    // only a page with status 400 is searched: the page for an unknown address has links that say nothing about the failure
    const page = status === 400 ? body.slice(0, MAX_PAGE) : ""
    return failed("http", `${answered}.`, title, { status, said: `${title ?? ""} ${page}` })
  }
  const error = isThere(parsed.error) ? parsed.error : parsed
  return failed("http", `${answered}.`, reasonIn(error, clean), { status, said: symptomsIn(error, clean) })
}

/** Reads the id and name that a reply gives the record, in `result` or at the top (contract 7). */
function linkIn(answer: Json, kind: string): ReplyLink | null {
  const named = answer[`odoo_${kind}_id`]
  // most replies name none, and a failing schema is slow
  const id = isThere(named) ? odooIdSchema.safeParse(named) : undefined
  if (id?.success !== true) {
    // a reply with an invalid id, or with none, is a success all the same
    return null
  }
  const name = lineSchema.safeParse(answer[`odoo_${kind}_name`])
  return { odoo_id: id.data, odoo_name: name.success ? name.data : null }
}

/**
 * Judges Odoo's answer to a webhook. An event is delivered where the status is 2xx, and the body is empty or JSON without an
 * `error` at the top level and without `success: false` or an `error` in `result`. The status alone is not enough: Odoo's
 * `type='json'` controllers answer 200 even for an exception.
 * @param reply.status the HTTP status
 * @param reply.body the whole body as text
 * @param kind the kind of the event's record; the reply may link only that
 * @param secrets the plugin's secrets, which the reason must not contain
 */
export function judgeReply(
  reply: { status: number; body: string },
  kind: string,
  secrets: readonly string[] = []
): Verdict {
  const { status, body } = reply
  const clean = cleaner(secrets)
  if (status < 200 || status >= 300) {
    return httpFailure(status, body, clean)
  }
  if (body.trim() === "") {
    return { delivered: true, link: null }
  }
  const answer = parsedJson(body)?.json
  if (answer === undefined) {
    const title = titleOf(body, clean)
    const said = title ?? ""
    return failed("not_json", `Odoo answered ${String(status)}, but not in JSON. Does webhook.url lead to the controller?`, title, { said })
  }
  if (!isObject(answer)) {
    return { delivered: true, link: null }
  }
  const result = isObject(answer.result) ? answer.result : {}
  if (isThere(answer.error) && ("jsonrpc" in answer || isObject(answer.error))) {
    const said = symptomsIn(answer.error, clean)
    return failed("rpc_error", "Odoo raised an error. Its log has the traceback.", reasonIn(answer.error, clean), { said })
  }
  for (const part of [answer, result]) {
    if (part.success === false || isThere(part.error)) {
      const error = isThere(part.error) ? part.error : part.message
      return failed("refused", "Odoo refused the event.", reasonIn(error, clean), { said: symptomsIn(error, clean) })
    }
  }
  return { delivered: true, link: linkIn(result, kind) ?? linkIn(answer, kind) }
}
