import { lineSchema } from "./normalise"
import { odooIdSchema } from "./odoo-id"
import { cleaner, type Cleaner, forProgrammers, isObject, type Json, tidied } from "./redact"

/** Why an attempt did not deliver. */
export const FAILURE_CLASSES = ["transport", "timeout", "http", "rpc_error", "refused", "not_json"] as const

export type FailureClass = (typeof FAILURE_CLASSES)[number]

export type DeliveryFailure = {
  class: FailureClass
  /** one sentence of ours that a person understands; may be logged */
  message: string
  /** what Odoo said of it, one line, cut; it may speak of people, and so does not belong into a log */
  reason: string | null
}

/** What Odoo calls the record, as far as its reply says so. */
export type ReplyLink = { odoo_id: string; odoo_name: string | null }

export type Verdict =
  | { delivered: true; link: ReplyLink | null }
  | { delivered: false; failure: DeliveryFailure }

/** Odoo says "nothing" with `false`. */
const isThere = (value: unknown) => value !== undefined && value !== null && value !== false && value !== ""

const MAX_REASON = 300

/** How much of a text is looked at: what says why stands at its beginning. */
const MAX_LOOKED_AT = 4_000

/** One line that can be kept. */
const oneLine = (text: string) => tidied(text.replace(/[\s\p{Cc}\p{Cs}]+/gu, " "), MAX_REASON)

const textIn = (value: unknown, clean: Cleaner): string | null =>
  typeof value === "string" && value.trim() !== "" ? oneLine(clean(value.slice(0, MAX_LOOKED_AT))) : null

/** The reason in an `error` member, whichever form it has. Never `data.debug`, which is a traceback. */
function reasonIn(error: unknown, clean: Cleaner): string | null {
  if (!isObject(error)) {
    return textIn(error, clean)
  }
  const data = isObject(error.data) ? error.data : {}
  const name = textIn(data.name, clean)
  if (name !== null && forProgrammers(name)) {
    return name
  }
  return textIn(data.message, clean) ?? textIn(error.message, clean) ?? name
}

function failed(failureClass: FailureClass, message: string, reason: string | null = null): Verdict {
  return { delivered: false, failure: { class: failureClass, message, reason } }
}

function httpFailure(status: number, body: string, clean: Cleaner): Verdict {
  if (status >= 300 && status < 400) {
    return failed("http", `Odoo answered ${String(status)}, a redirect. Set webhook.url to the address it leads to.`)
  }
  if (status === 404) {
    return failed(
      "http",
      "Odoo answered 404: no such route, or no database selected. Check webhook.url; where one Odoo serves several databases, set webhook.database."
    )
  }
  const parsed = parse(body)
  const reason = isObject(parsed) && isThere(parsed.error) ? reasonIn(parsed.error, clean) : null
  return failed("http", `Odoo answered ${String(status)}.`, reason)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

/** Reads the id and name that a reply gives the record, in `result` or at the top (contract 7). */
function linkIn(answer: Json, kind: string): ReplyLink | null {
  const named = answer[`odoo_${kind}_id`]
  // most replies name none, and a schema takes its time to say why it refuses that
  const id = isThere(named) ? odooIdSchema.safeParse(named) : undefined
  if (id?.success !== true) {
    // a reply that names the record in an odd way, or not at all, has still taken it
    return null
  }
  const name = lineSchema.safeParse(answer[`odoo_${kind}_name`])
  return { odoo_id: id.data, odoo_name: name.success ? name.data : null }
}

/**
 * Judges Odoo's answer to a webhook. Delivered is a 2xx answer whose body, where there is one, is JSON without a
 * top-level `error`, and in which neither the top level nor `result` says `success: false` or carries an `error`.
 * Odoo's `type='json'` controllers answer 200 even for an exception, which is why the status alone says nothing.
 * @param reply.status the HTTP status
 * @param reply.body the whole body as text
 * @param kind what the event was about: the reply's link is read for that alone
 * @param secrets our own, which no reason may repeat
 */
export function judgeReply(
  reply: { status: number; body: string },
  kind: "order" | "customer",
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
  const answer = parse(body)
  if (answer === undefined) {
    return failed("not_json", `Odoo answered ${String(status)}, but not in JSON. Does webhook.url lead to the controller?`)
  }
  if (!isObject(answer)) {
    return { delivered: true, link: null }
  }
  const result = isObject(answer.result) ? answer.result : {}
  if (isThere(answer.error) && ("jsonrpc" in answer || isObject(answer.error))) {
    return failed("rpc_error", "Odoo raised an error. Its log has the traceback.", reasonIn(answer.error, clean))
  }
  for (const part of [answer, result]) {
    if (part.success === false || isThere(part.error)) {
      return failed("refused", "Odoo refused the event.", reasonIn(isThere(part.error) ? part.error : part.message, clean))
    }
  }
  return { delivered: true, link: linkIn(result, kind) ?? linkIn(answer, kind) }
}
