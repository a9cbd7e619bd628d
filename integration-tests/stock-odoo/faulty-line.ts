import { createServer, type IncomingMessage, type Server, type ServerResponse } from "http"
import type { AddressInfo } from "net"
import { setTimeout as pause } from "timers/promises"

/** What happens to a call on its way; a call without a fault passes. */
export type Fault =
  /** Odoo is not asked, and this is the answer */
  | { status: number; body: string; headers?: Record<string, string> }
  /** the call is passed on after some milliseconds */
  | { delayMs: number }
  /** Odoo does the call, and the answer to it is lost: the connection breaks */
  | { isAnswerLost: true }
  /** Odoo does the call, and the answer to it does not come before the caller gives up */
  | { isAnswerLate: true }
  /** Odoo gets another request than the one that was made */
  | { rewrite: (text: string) => string }

/** Decides by a call's name, such as `sale.order/load`, what happens to the call. */
export type Faults = (call: string) => Fault | undefined

type RpcBody = { params?: { service?: string; method?: string; args?: unknown[] } }

/** The name of a call: JSON-2 has it in the address, JSON-RPC in the body. */
function nameOf(path: string, text: string): string {
  const [, json2] = /^\/json\/2\/([^?]+)/.exec(path) ?? []
  if (json2 !== undefined) {
    return json2
  }
  if (path !== "/jsonrpc") {
    return path.slice(1)
  }
  const { service, method, args = [] } = (JSON.parse(text) as RpcBody).params ?? {}
  return method === "execute_kw" ? `${String(args[3])}/${String(args[4])}` : `${String(service)}/${String(method)}`
}

/** The line between the shop and Odoo, which reads the calls that pass and does something to some of them. */
export class FaultyLine {
  /** the names of the calls that have come, in their order */
  readonly calls: string[] = []
  faults: Faults = () => undefined
  #server: Server | undefined

  /** @param target the address of the Odoo at the other end */
  constructor(private readonly target: string) {}

  /** Where the shop finds Odoo. */
  get url(): string {
    return `http://127.0.0.1:${String((this.#server?.address() as AddressInfo).port)}`
  }

  /** Lets everything pass from now on. */
  mend(): void {
    this.calls.length = 0
    this.faults = () => undefined
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.#pass(request, response).catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    this.#server = server
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve) ?? resolve(undefined))
    this.#server?.closeAllConnections()
    await closed
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) {
      chunks.push(chunk as Buffer)
    }
    const text = Buffer.concat(chunks).toString("utf8")
    const path = request.url ?? "/"
    const call = nameOf(path, text)
    this.calls.push(call)
    const fault = this.faults(call)
    if (fault !== undefined && "status" in fault) {
      response.writeHead(fault.status, fault.headers).end(fault.body)
      return
    }
    if (fault !== undefined && "delayMs" in fault) {
      await pause(fault.delayMs)
    }
    const rewrite = fault !== undefined && "rewrite" in fault ? fault.rewrite : (same: string) => same
    const { authorization, "x-odoo-database": database } = request.headers
    const answer = await fetch(`${this.target}${rewrite(path)}`, {
      method: request.method,
      headers: {
        "content-type": "application/json",
        ...(authorization === undefined ? {} : { authorization }),
        ...(typeof database === "string" ? { "x-odoo-database": database } : {}),
      },
      ...(text === "" ? {} : { body: rewrite(text) }),
    })
    const body = await answer.text()
    if (fault !== undefined && "isAnswerLate" in fault) {
      // the caller ends the connection
      return
    }
    if (fault !== undefined && "isAnswerLost" in fault) {
      response.destroy()
      return
    }
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" }).end(body)
  }
}

/** The fault for the first call of a name, and for no later one. */
export function once(name: string, fault: Fault): Faults {
  let isDue = true
  return (call) => {
    const isNow = isDue && call === name
    isDue &&= !isNow
    return isNow ? fault : undefined
  }
}
