import axios, { type AxiosInstance } from "axios"
import { Agent as HttpAgent } from "http"
import { Agent as HttpsAgent } from "https"

import { timeLeftMs } from "./deadline"
import { OdooError } from "./errors"
import type { HttpAnswer } from "./protocol"

/** The largest answer that is read; bytes. 100,000 products with a few fields take half of that. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** The error codes for an answer that did not come in time. */
const TIMED_OUT = ["ECONNABORTED", "ETIMEDOUT", "ERR_CANCELED", "ABORT_ERR"]

export type HttpRequest = {
  method: "GET" | "POST"
  path: string
  /** sent as JSON */
  body?: object
  headers?: Record<string, string>
  /** the name of the call, for errors */
  call: string
  timeoutMs: number
}

/** The connections to one server, kept open between calls. */
export class OdooHttp {
  readonly #axios: AxiosInstance
  readonly #agents = [new HttpAgent({ keepAlive: true }), new HttpsAgent({ keepAlive: true })] as const

  constructor(url: string) {
    this.#axios = axios.create({
      baseURL: url.replace(/\/+$/, ""),
      httpAgent: this.#agents[0],
      httpsAgent: this.#agents[1],
      // a redirect leads to a page, or to another host, which must not learn the key
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      responseType: "text",
      transformResponse: (body: string) => body,
      validateStatus: () => true,
    })
  }

  /**
   * Sends a request, and waits for the whole answer.
   * @throws OdooError `timeout` or `transport`
   */
  async ask({ method, path, body, headers, call, timeoutMs }: HttpRequest): Promise<HttpAnswer> {
    const waitMs = Math.min(timeoutMs, timeLeftMs())
    if (waitMs <= 0) {
      throw new OdooError("timeout", call, "the time for the whole work is over")
    }
    // axios' own time-out does not cover a connection that never opens
    const patience = new AbortController()
    const timer = setTimeout(() => {
      patience.abort()
    }, waitMs)
    try {
      const answer = await this.#axios.request<string>({ method, url: path, data: body, headers, signal: patience.signal })
      return { status: answer.status, body: answer.data, retryAfter: String(answer.headers["retry-after"] ?? "") }
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : ""
      throw new OdooError(TIMED_OUT.includes(code) ? "timeout" : "transport", call, code === "" ? null : code)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Closes the open connections. */
  close(): void {
    this.#agents.forEach((agent) => {
      agent.destroy()
    })
  }
}
