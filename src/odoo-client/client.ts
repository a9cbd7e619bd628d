import { setTimeout as sleep } from "timers/promises"

import { lineIn } from "../wire/odoo-exception"
import { cleaner } from "../wire/redact"
import { AdaptiveLimit, type LoadSign } from "./adaptive-limit"
import type { OdooCall, OdooConnection, OdooVersion, ProtocolName } from "./connection"
import { nameOfCall, OdooError, saysConcurrency } from "./errors"
import { findProtocol, nameOfProtocol, readVersion } from "./find-protocol"
import { OdooHttp } from "./http"
import type { Protocol } from "./protocol"

/** How long an answer is waited for where the connection does not say, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 30_000

/** How many calls run at the same time where the connection does not say. An Odoo has a handful of workers. */
const DEFAULT_CONCURRENCY = 8

/** Waits before a call is repeated that other work in Odoo has prevented, in milliseconds. */
const REPEATS_MS = [50, 150, 500, 1_500]

/** The longest wait that a server may ask for and the client waits itself, in milliseconds; a longer one is the caller's. */
const LONGEST_WAIT_MS = 5_000

/** The longest that calls fail at once because a server asked for a wait, in milliseconds; after that, the server is asked anew. */
const LONGEST_CLOSED_MS = 60_000

/** How many records a page has where nothing is given. */
const PAGE_SIZE = 1_000

/** Kinds of errors that tell of a server with too much to do. */
const OVERLOAD = ["busy", "timeout", "maintenance"]

/** Kinds of errors after which Odoo is asked anew what it speaks: it may have been upgraded, or the key's rights have changed. */
const ASK_AGAIN = ["key", "plan", "database", "not_odoo"]

/** One condition of a search in Odoo's notation (field, operator, value), or an operator between conditions. */
export type DomainTerm = readonly [string, string, unknown] | "&" | "|" | "!"

export type Domain = readonly DomainTerm[]

/** A record as `search_read` gives it: its id, and the fields that were asked for. */
export type OdooRecord = { id: number } & Record<string, unknown>

/** A field as `fields_get` describes it. */
export type OdooField = { type: string; required?: boolean; readonly?: boolean; relation?: string; selection?: [string, string][] }

export type SearchInput = {
  domain?: Domain
  fields: readonly string[]
  /** such as `id desc` */
  order?: string
  limit?: number
  offset?: number
  context?: Record<string, unknown>
}

/** What `load` has done: the ids of the records of the rows, or why none was written. */
export type LoadResult = { ids: number[] } | { refused: string[] }

/**
 * Calls the methods of an Odoo, 16 or later. The protocol is found by asking. Calls beyond what Odoo copes with wait for their turn.
 */
export class OdooClient {
  readonly #http: OdooHttp
  readonly #limit: AdaptiveLimit
  readonly #connection: OdooConnection & { timeoutMs: number }
  #protocol: Promise<Protocol> | undefined
  /** until when Odoo asked to be left alone */
  #closedUntil = 0
  readonly #fields = new Map<string, Promise<ReadonlyMap<string, OdooField>>>()

  constructor(connection: OdooConnection) {
    this.#connection = { ...connection, timeoutMs: connection.timeoutMs ?? DEFAULT_TIMEOUT_MS }
    this.#http = new OdooHttp(connection.url)
    this.#limit = new AdaptiveLimit(connection.concurrency ?? DEFAULT_CONCURRENCY)
  }

  /** How many calls may run at the same time now. */
  get concurrency(): number {
    return this.#limit.limit
  }

  /**
   * Calls a method. A call that Odoo has rolled back because of other work is repeated some times, as is one that Odoo did not
   * begin because it had too much to do. No other call is repeated: it may have been done.
   * @param parameters by name; `ids` are the records that the method is called on
   * @returns the method's result; null where the method returns nothing
   * @throws OdooError
   */
  async call(model: string, method: string, parameters: Record<string, unknown> = {}): Promise<unknown> {
    return await repeating(() => this.#callOnce({ model, method, parameters }))
  }

  /** The version that Odoo says it has. No key is needed for the question. */
  async version(): Promise<OdooVersion> {
    return (await readVersion(this.#http, this.#connection.timeoutMs)).version
  }

  /**
   * The protocol that is spoken. Asks Odoo where nothing has been called so far.
   * @throws OdooError
   */
  async protocol(): Promise<ProtocolName> {
    return nameOfProtocol(await this.#protocolOfServer())
  }

  /** The records that meet a domain, with the fields that are asked for. */
  async searchRead(model: string, { domain = [], ...rest }: SearchInput): Promise<OdooRecord[]> {
    return (await this.call(model, "search_read", { domain, ...rest })) as OdooRecord[]
  }

  /**
   * All records that meet a domain, in pages by rising id. A record that is there all the while is given once, whatever is
   * created, changed or deleted meanwhile.
   * @param afterId where to go on after an interruption: the last id that was given
   */
  async *pages(model: string, { domain = [], fields, context }: SearchInput, size = PAGE_SIZE, afterId = 0): AsyncGenerator<OdooRecord[], void> {
    for (let last = afterId; ; ) {
      const page = await this.searchRead(model, { domain: [["id", ">", last], ...domain], fields, order: "id", limit: size, context })
      const end = page.at(-1)
      if (end !== undefined) {
        yield page
      }
      if (end === undefined || page.length < size) {
        return
      }
      last = end.id
    }
  }

  /** The fields that a model has in this Odoo, by name. Asked once, until `forgetFields`. */
  async fieldsOf(model: string): Promise<ReadonlyMap<string, OdooField>> {
    const known = this.#fields.get(model) ?? this.#readFields(model)
    this.#fields.set(model, known)
    return await known
  }

  /** Has `fieldsOf` ask anew: fields were made or removed. */
  forgetFields(): void {
    this.#fields.clear()
  }

  /**
   * Writes rows by Odoo's `load`, all of them or none: a row with an external id that is there changes its record, another one
   * makes a record. Odoo answers a refusal as it answers a success.
   * @throws OdooError, `concurrency` where other work in Odoo held the records again and again
   * @param fields the columns, such as `id` (the external id), `partner_id/.id` (an id), `order_line/product_uom_qty`
   * @param rows a cell for each column; empty cells of the record's own columns continue the record above
   */
  async load(model: string, fields: readonly string[], rows: readonly (readonly string[])[], context?: Record<string, unknown>): Promise<LoadResult> {
    const call = { model, method: "load", parameters: { fields, data: rows, ...(context === undefined ? {} : { context }) } }
    const clean = cleaner([this.#connection.password])
    return await repeating(async () => {
      const { ids, messages } = (await this.#callOnce(call)) as { ids: number[] | false; messages: { message?: unknown }[] }
      if (ids !== false) {
        return { ids }
      }
      const refused = messages.map(({ message }) => lineIn(message, clean) ?? "no reason given")
      if (refused.some(saysConcurrency)) {
        throw new OdooError("concurrency", nameOfCall(call), refused[0])
      }
      return { refused }
    })
  }

  /** Closes the connections. The client can still be used, and opens them anew. */
  close(): void {
    this.#http.close()
  }

  async #readFields(model: string): Promise<ReadonlyMap<string, OdooField>> {
    try {
      const attributes = ["type", "required", "readonly", "relation", "selection"]
      return new Map(Object.entries((await this.call(model, "fields_get", { attributes })) as Record<string, OdooField>))
    } catch (error) {
      this.#fields.delete(model)
      throw error
    }
  }

  /**
   * Fails where Odoo asked for a longer wait than a call can spend: its turn would come after its caller has given up.
   * @throws OdooError
   */
  #checkOpen(call: OdooCall): void {
    const waitMs = this.#closedUntil - Date.now()
    if (waitMs > LONGEST_WAIT_MS) {
      throw new OdooError("busy", nameOfCall(call), null, null, waitMs)
    }
  }

  async #callOnce(call: OdooCall): Promise<unknown> {
    this.#checkOpen(call)
    return await this.#limit.run(
      async () => {
        this.#checkOpen(call)
        const protocol = await this.#protocolOfServer()
        return await protocol.call(this.#inContext(call)).catch((error: unknown) => {
          if (error instanceof OdooError && ASK_AGAIN.includes(error.kind)) {
            this.#protocol = undefined
          }
          throw error
        })
      },
      ({ ms, error }) => this.#judge(ms, error)
    )
  }

  #inContext({ parameters, ...call }: OdooCall): OdooCall {
    const { context } = this.#connection
    const own = (parameters.context ?? {}) as Record<string, unknown>
    return { ...call, parameters: context === undefined ? parameters : { ...parameters, context: { ...context, ...own } } }
  }

  async #protocolOfServer(): Promise<Protocol> {
    this.#protocol ??= findProtocol(this.#http, this.#connection).catch((error: unknown) => {
      this.#protocol = undefined
      throw error
    })
    return await this.#protocol
  }

  /** An answer that took half of the patience is a sign that the next ones may not come in time. */
  #judge(ms: number, error: unknown): LoadSign {
    if (error instanceof OdooError) {
      const { kind, retryAfterMs: waitMs } = error
      if (waitMs !== null && waitMs > LONGEST_WAIT_MS) {
        this.#closedUntil = Math.max(this.#closedUntil, Date.now() + Math.min(waitMs, LONGEST_CLOSED_MS))
        return { isOverloaded: OVERLOAD.includes(kind) }
      }
      return { isOverloaded: OVERLOAD.includes(kind), waitMs }
    }
    return { isOverloaded: ms > this.#connection.timeoutMs / 2 }
  }
}

/** Does a call, and does the call again after an error that tells that Odoo has done nothing, up to some times. */
async function repeating<T>(call: () => Promise<T>): Promise<T> {
  for (const repeatMs of REPEATS_MS) {
    try {
      return await call()
    } catch (error) {
      const waitMs = waitBefore(error, repeatMs)
      if (waitMs === undefined) {
        throw error
      }
      await sleep(waitMs)
    }
  }
  return await call()
}

/** How long to wait before a call that has failed is repeated, in milliseconds; undefined where it must not be. */
function waitBefore(error: unknown, repeatMs: number): number | undefined {
  if (!(error instanceof OdooError)) {
    return undefined
  }
  if (error.kind === "concurrency") {
    // by chance, so that those who have met do not meet again
    return repeatMs * (0.5 + Math.random())
  }
  const waitMs = error.retryAfterMs ?? repeatMs
  return error.kind === "busy" && waitMs <= LONGEST_WAIT_MS ? waitMs : undefined
}
