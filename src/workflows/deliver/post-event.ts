import axios, { type AxiosInstance } from "axios"
import { Agent as HttpAgent } from "http"
import { Agent as HttpsAgent } from "https"

import type { OdooOptions } from "../../modules/odoo/options"
import type { Attempt, ClaimedEvent } from "../../modules/odoo/types"
import { PLUGIN_VERSION } from "../../utils/versions"
import { keptReply } from "../../wire/kept-reply"
import { judgeReply, type Verdict } from "../../wire/reply"
import { retryAfterMs } from "../../wire/retry-after"
import { signatureHeaders } from "../../wire/signature"

/** Odoo's answers are short. What is longer is an error page, or not Odoo. */
const MAX_REPLY_BYTES = 1024 * 1024

let client: AxiosInstance | undefined

/** One client for the process, so that connections are kept open between events. */
function httpClient(): AxiosInstance {
  client ??= axios.create({
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    maxRedirects: 0,
    maxContentLength: MAX_REPLY_BYTES,
    responseType: "text",
    // the bytes that were signed are the bytes that are sent, and the answer is judged as it came
    transformRequest: (body: string) => body,
    transformResponse: (body: string) => body,
    validateStatus: () => true,
  })
  return client
}

export type Posted = {
  attempt: Attempt
  verdict: Verdict
  /** how long the receiver asked us to wait; null where it did not */
  retryAfterMs: number | null
}

function transportVerdict(error: unknown, timeoutMs: number): Verdict {
  const code = axios.isAxiosError(error) ? (error.code ?? "") : ""
  if (["ECONNABORTED", "ETIMEDOUT", "ERR_CANCELED"].includes(code)) {
    return {
      delivered: false,
      failure: { class: "timeout", message: `Odoo did not answer within ${String(timeoutMs)} ms.`, reason: null },
    }
  }
  const reason = code === "" ? "the connection broke" : code
  const message = `Odoo could not be reached (${reason}). Check webhook.url, and that Odoo runs.`
  return { delivered: false, failure: { class: "transport", message, reason: null } }
}

/**
 * Posts one event to Odoo and judges the answer (contract 7). Never throws: what goes wrong on the way is a verdict.
 * @param url where to; the options name it
 */
export async function postEvent(
  event: Pick<ClaimedEvent, "id" | "body" | "record_kind">,
  url: string,
  options: OdooOptions["webhook"]
): Promise<Posted> {
  const startedAt = new Date()
  const attemptSoFar = (status: number | null, reply: string | null): Attempt => ({
    started_at: startedAt,
    duration_ms: Date.now() - startedAt.getTime(),
    http_status: status,
    reply,
  })
  try {
    const response = await httpClient().post<string>(url, event.body, {
      // axios' own time-out does not cover a connection that never opens
      timeout: options.timeoutMs,
      signal: AbortSignal.timeout(options.timeoutMs),
      headers: {
        "content-type": "application/json",
        "user-agent": `medusa-plugin-odoo/${PLUGIN_VERSION}`,
        ...(options.database === null ? {} : { "x-odoo-database": options.database }),
        ...signatureHeaders({
          id: event.id,
          timestamp: Math.floor(startedAt.getTime() / 1000),
          body: event.body,
          secrets: options.secrets,
        }),
      },
    })
    return {
      attempt: attemptSoFar(response.status, keptReply(response.data, options.secrets)),
      verdict: judgeReply({ status: response.status, body: response.data }, event.record_kind),
      retryAfterMs: [429, 503].includes(response.status)
        ? retryAfterMs(String(response.headers["retry-after"] ?? ""), new Date())
        : null,
    }
  } catch (error) {
    return { attempt: attemptSoFar(null, null), verdict: transportVerdict(error, options.timeoutMs), retryAfterMs: null }
  }
}
