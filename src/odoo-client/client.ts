import { setTimeout as sleep } from "timers/promises"

import { lineIn } from "../wire/odoo-exception"
import { cleaner } from "../wire/redact"
import { AdaptiveLimit, type LoadSign } from "./adaptive-limit"
import type { OdooCall, OdooConnection, OdooVersion, ProtocolName } from "./connection"
import { nameOfCall, OdooError, saysConcurrency } from "./errors"
import { findProtocol, nameOfProtocol, readVersion } from "./find-protocol"
import { OdooHttp } from "./http"
import type { Protocol } from "./protocol"

/** The time-out of an answer where the connection sets none; milliseconds. */
const DEFAULT_TIMEOUT_MS = 30_000

/** The number of calls at the same time where the connection sets none. An Odoo has a handful of workers. */
const DEFAULT_CONCURRENCY = 8

/** The waits before the repeats of a call that other work in Odoo has prevented; milliseconds. */
const REPEATS_MS = [50, 150, 500, 1_500]

/** The longest wait that the client itself waits when a server asks for it; milliseconds. A longer wait is left to the caller. */
const LONGEST_WAIT_MS = 5_000

/** For how long at most calls fail at once because a server asked for a wait; milliseconds. After that time, calls are sent again. */
const LONGEST_CLOSED_MS = 60_000

/** The default number of records of a page. */
const PAGE_SIZE = 1_000

/** The kinds of errors that show that the server has too much to do. */
const OVERLOAD = ["busy", "timeout", "maintenance"]

/** The kinds of errors after which the protocol is found anew: Odoo may have been upgraded, or the rights of the key have changed. */
const ASK_AGAIN = ["key", "plan", "database", "not_odoo"]

/** One condition of a search in Odoo's notation (field, operator, value), or an operator between conditions. */
export type DomainTerm = readonly [string, string, unknown] | "&" | "|" | "!"

export type Domain = readonly DomainTerm[]

/** A record in the form of `search_read`: its id, and the requested fields. */
export type OdooRecord = { id: number } & Record<string, unknown>

/** A field in the form of `fields_get`. */
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

/** The result of `load`: the ids of the records of the rows, or the reasons why none was written. */
export type LoadResult = { ids: number[] } | { refused: string[] }

/**
 * Calls the methods of an Odoo, 16 or later. The client finds the protocol by itself, and adapts the number of simultaneous calls to
 * Odoo's load.
 */
export class OdooClient {
  readonly #http: OdooHttp
  readonly #limit: AdaptiveLimit
  readonly #connection: OdooConnection & { timeoutMs: number }
  #protocol: Promise<Protocol> | undefined
  /** until when Odoo asked for no calls */
  #closedUntil = 0
  readonly #fields = new Map<string, Promise<ReadonlyMap<string, OdooField>>>()

  constructor(connection: OdooConnection) {
    this.#connection = { ...connection, timeoutMs: connection.timeoutMs ?? DEFAULT_TIMEOUT_MS }
    this.#http = new OdooHttp(connection.url)
    this.#limit = new AdaptiveLimit(connection.concurrency ?? DEFAULT_CONCURRENCY)
  }

  /** The number of calls that may run at the same time now. */
  get concurrency(): number {
    return this.#limit.limit
  }

  /**
   * Calls a method. A call that Odoo has rolled back because of other work is repeated some times, and so is a call that Odoo did
   * not begin because it had too much to do. Other calls are not repeated, because Odoo may have carried them out.
   * @param parameters by name; `ids` are the records that the method is called on
   * @returns the method's result; null where the method returns nothing
   * @throws OdooError
   */
  async call(model: string, method: string, parameters: Record<string, unknown> = {}): Promise<unknown> {
    return await repeating(() => this.#callOnce({ model, method, parameters }))
  }

  /** Reads the version of Odoo, for which no key is needed. */
  async version(): Promise<OdooVersion> {
    return (await readVersion(this.#http, this.#connection.timeoutMs)).version
  }

  /**
   * The protocol in use. Before the first call, Odoo is asked for it.
   * @throws OdooError
   */
  async protocol(): Promise<ProtocolName> {
    return nameOfProtocol(await this.#protocolOfServer())
  }

  /** Reads the records that match a domain, with the requested fields. */
  async searchRead(model: string, { domain = [], ...rest }: SearchInput): Promise<OdooRecord[]> {
    return (await this.call(model, "search_read", { domain, ...rest })) as OdooRecord[]
  }

  /**
   * Reads all records that match a domain, in pages by rising id. A record that exists all the time is returned once, whatever is
   * created, changed or deleted meanwhile.
   * @param afterId the last id that was returned before an interruption, to continue after it
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

  /** Reads the fields that a model has in this Odoo, by name. They are cached until `forgetFields`. */
  async fieldsOf(model: string): Promise<ReadonlyMap<string, OdooField>> {
    const known = this.#fields.get(model) ?? this.#readFields(model)
    this.#fields.set(model, known)
    return await known
  }

  /** Empties the cache of `fieldsOf`, after fields were created or removed. */
  forgetFields(): void {
    this.#fields.clear()
  }

  /**
   * Writes rows by Odoo's `load`, all of them or none: a row with the external id of a present record changes the record, any other
   * row creates one. A refusal of Odoo is no error here, but a result.
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

  /** Closes the connections. A later call opens new ones. */
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

  /** Derives Odoo's load from a call. An answer that took half of the time-out counts as overload: the next ones may not come in time. */
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

/** Makes a call, and repeats it some times after errors which show that Odoo has changed nothing. */
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
    // random, so that calls that disturbed each other are not repeated at the same moment
    return repeatMs * (0.5 + Math.random())
  }
  const waitMs = error.retryAfterMs ?? repeatMs
  return error.kind === "busy" && waitMs <= LONGEST_WAIT_MS ? waitMs : undefined
}
