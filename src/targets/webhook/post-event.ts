import axios, { type AxiosInstance } from "axios"
import { Agent as HttpAgent } from "http"
import { Agent as HttpsAgent } from "https"
import { addAbortSignal, type Readable } from "stream"

import type { OdooOptions } from "../../modules/odoo/options"
import type { Attempt, RecordKind } from "../../modules/odoo/types"
import type { Sent } from "../../outbox/target"
import { PLUGIN_VERSION } from "../../utils/versions"
import { keptReply } from "../../wire/kept-reply"
import { remedyFor } from "../../wire/remedies"
import { judgeReply, type Verdict } from "../../wire/reply"
import { retryAfterMs } from "../../wire/retry-after"
import { signatureHeaders } from "../../wire/signature"

/** How many bytes of an answer are read. Odoo's answers are short, and of an error page the beginning is enough. */
const MAX_REPLY_BYTES = 1024 * 1024

let client: AxiosInstance | undefined

/** One client for the process, so that connections are kept open between events. */
function httpClient(): AxiosInstance {
  client ??= axios.create({
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    maxRedirects: 0,
    responseType: "stream",
    // the bytes that were signed are the bytes that are sent
    transformRequest: (body: string) => body,
    validateStatus: () => true,
    headers: { "content-type": "application/json", "user-agent": `medusa-plugin-odoo/${PLUGIN_VERSION}` },
  })
  return client
}

/** Reads the text of an answer up to {@link MAX_REPLY_BYTES}, without waiting for the rest. */
async function textOf(answer: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of addAbortSignal(signal, answer)) {
    const bytes = chunk as Buffer
    chunks.push(bytes)
    length += bytes.length
    if (length >= MAX_REPLY_BYTES) {
      break
    }
  }
  return Buffer.concat(chunks).toString("utf8", 0, MAX_REPLY_BYTES)
}

function transportVerdict(error: unknown, timeoutMs: number): Verdict {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (["ECONNABORTED", "ETIMEDOUT", "ERR_CANCELED", "ABORT_ERR"].includes(code)) {
    return {
      delivered: false,
      failure: { class: "timeout", message: `Odoo did not answer within ${String(timeoutMs)} ms.`, reason: null },
    }
  }
  const reason = code === "" ? "the connection broke" : code
  const remedy = remedyFor({ code })
  const message = `Odoo could not be reached (${reason}). ${remedy ?? "Check webhook.url, and that Odoo runs."}`
  return { delivered: false, failure: { class: "transport", message, reason: null } }
}

/**
 * Posts one event to Odoo and judges the answer (contract 7). Never throws: an error becomes a verdict.
 * @param event its id is the `webhook-id` of every attempt
 * @param url the address from the options
 */
export async function postEvent(
  event: { id: string; body: string; record_kind: RecordKind },
  url: string,
  options: OdooOptions["webhook"]
): Promise<Sent> {
  const startedAt = new Date()
  const attemptSoFar = (status: number | null, reply: string | null): Attempt => ({
    started_at: startedAt,
    duration_ms: Date.now() - startedAt.getTime(),
    http_status: status,
    reply,
  })
  // one timer for the whole attempt: axios' time-out covers neither a connection that never opens nor an answer that never ends. No
  // `AbortSignal.timeout`, whose timer would run on after the answer
  const timeoutController = new AbortController()
  const timeout = setTimeout(() => {
    timeoutController.abort()
  }, options.timeoutMs)
  const { signal } = timeoutController
  try {
    const response = await httpClient().post<Readable>(url, event.body, {
      signal,
      headers: {
        ...(options.database === null ? {} : { "x-odoo-database": options.database }),
        ...signatureHeaders({
          id: event.id,
          timestamp: Math.floor(startedAt.getTime() / 1000),
          body: event.body,
          secrets: options.secrets,
        }),
      },
    })
    const body = await textOf(response.data, signal)
    return {
      attempt: attemptSoFar(response.status, keptReply(body, options.secrets)),
      verdict: judgeReply({ status: response.status, body }, event.record_kind, options.secrets),
      retryAfterMs: [429, 503].includes(response.status)
        ? retryAfterMs(String(response.headers["retry-after"] ?? ""), new Date())
        : null,
    }
  } catch (error) {
    return { attempt: attemptSoFar(null, null), verdict: transportVerdict(error, options.timeoutMs), retryAfterMs: null }
  } finally {
    clearTimeout(timeout)
  }
}
