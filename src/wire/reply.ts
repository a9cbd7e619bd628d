/** Why an attempt did not deliver. */
export type FailureClass = "transport" | "timeout" | "http" | "rpc_error" | "refused" | "not_json"

export type DeliveryFailure = {
  class: FailureClass
  /** one sentence that a person understands; holds neither a traceback nor a secret */
  message: string
}

/** What Odoo calls the record, as far as its reply says so. */
export type ReplyLink = { odoo_id: string; odoo_name: string | null }

export type Verdict =
  | { delivered: true; link: ReplyLink | null }
  | { delivered: false; failure: DeliveryFailure }

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Odoo says "nothing" with `false`. */
const isThere = (value: unknown) => value !== undefined && value !== null && value !== false && value !== ""

const MAX_REASON = 300

/** One line, cut: a reason is shown to people and kept in a table. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length > MAX_REASON ? `${line.slice(0, MAX_REASON)}…` : line
}

/** The text in an `error` member, whichever form it has. Never `data.debug`, which is a traceback. */
function reasonIn(error: unknown): string {
  if (typeof error === "string") {
    return oneLine(error)
  }
  if (isObject(error)) {
    const data = isObject(error.data) ? error.data : {}
    for (const text of [data.message, error.message, data.name]) {
      if (typeof text === "string" && text.trim() !== "") {
        return oneLine(text)
      }
    }
  }
  return "no reason given"
}

function failed(failureClass: FailureClass, message: string): Verdict {
  return { delivered: false, failure: { class: failureClass, message } }
}

function httpFailure(status: number, body: string): Verdict {
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
  const reason = isObject(parsed) && isThere(parsed.error) ? `: ${reasonIn(parsed.error)}` : ""
  return failed("http", `Odoo answered ${String(status)}${reason}.`)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

/** Reads the id and name that a reply gives the record, in `result` or at the top (contract 7). */
function linkIn(answer: Json): ReplyLink | null {
  const idOf = (value: unknown) =>
    (typeof value === "number" && Number.isInteger(value)) || (typeof value === "string" && value.trim() !== "")
      ? String(value).trim()
      : null
  for (const [id, name] of [
    ["odoo_order_id", "odoo_order_name"],
    ["odoo_customer_id", "odoo_customer_name"],
  ] as const) {
    const odooId = idOf(answer[id])
    if (odooId !== null) {
      const odooName = answer[name]
      return { odoo_id: odooId, odoo_name: typeof odooName === "string" && odooName !== "" ? odooName : null }
    }
  }
  return null
}

/**
 * Judges Odoo's answer to a webhook. Delivered is a 2xx answer whose body, where there is one, is JSON without a
 * top-level `error`, and in which neither the top level nor `result` says `success: false` or carries an `error`.
 * Odoo's `type='json'` controllers answer 200 even for an exception, which is why the status alone says nothing.
 * @param reply.status the HTTP status
 * @param reply.body the whole body as text
 */
export function judgeReply(reply: { status: number; body: string }): Verdict {
  const { status, body } = reply
  if (status < 200 || status >= 300) {
    return httpFailure(status, body)
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
    return failed("rpc_error", `Odoo raised an error: ${reasonIn(answer.error)}`)
  }
  for (const part of [answer, result]) {
    if (part.success === false || isThere(part.error)) {
      return failed("refused", `Odoo refused the event: ${reasonIn(isThere(part.error) ? part.error : part.message)}`)
    }
  }
  return { delivered: true, link: linkIn(result) ?? linkIn(answer) }
}
