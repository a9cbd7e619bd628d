import { once } from "events"
import { createServer, type IncomingHttpHeaders, type Server } from "http"
import type { AddressInfo } from "net"

/** What arrived at the stand-in. */
export type Delivery = {
  headers: IncomingHttpHeaders
  /** the exact text that was sent */
  text: string
  body: { event: string; timestamp: string; data: Record<string, unknown> }
}

/** What the stand-in answers; with `broken` the connection breaks instead, after the delivery was read. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; broken?: boolean }

/**
 * Stands in for an Odoo server with a controller of `type='json'`: takes a plain JSON body, always answers 200 with a
 * JSON-RPC envelope, and makes a sale order of each order. For tests that need Odoo to misbehave on
 * purpose, and for the demo; a real Odoo is tested against elsewhere.
 */
export class OdooStandIn {
  readonly deliveries: Delivery[] = []
  /** replaces the usual answer; called with the delivery and its place, from 0 */
  answer: ((delivery: Delivery, index: number) => Answer | Promise<Answer>) | undefined
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8")
        const answered = this.#receive(request.headers, text).catch((): Answer => ({ status: 400, body: { error: "not a webhook" } }))
        void answered.then(({ status = 200, headers = {}, body, broken = false }) => {
          if (broken) {
            response.destroy()
            return
          }
          response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
          response.end(typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body))
        })
      })
    })
  }

  async #receive(headers: IncomingHttpHeaders, text: string): Promise<Answer> {
    const delivery: Delivery = { headers, text, body: JSON.parse(text) as Delivery["body"] }
    const index = this.deliveries.push(delivery) - 1
    return this.answer === undefined ? this.usualAnswer(delivery) : await this.answer(delivery, index)
  }

  /** What an Odoo answers that has taken the delivery. */
  usualAnswer({ body }: Delivery): Answer {
    const order = body.data.order as { display_id: number } | undefined
    if (body.event !== "order.created" || order === undefined) {
      return { body: { jsonrpc: "2.0", id: null, result: { success: true } } }
    }
    // the same order is the same sale order again, also after a restart
    const id = order.display_id
    const name = `S${String(id).padStart(5, "0")}`
    return { body: { jsonrpc: "2.0", id: null, result: { success: true, odoo_order_id: id, odoo_order_name: name } } }
  }

  /** Starts to listen, also once more after a stop. Port 0 takes any that is free. */
  async start(port = 0): Promise<void> {
    this.#server.listen(port, "127.0.0.1")
    await once(this.#server, "listening")
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}/medusa/webhook`
  }

  /** Forgets what arrived and answers as usual again. */
  reset(): void {
    this.deliveries.length = 0
    this.answer = undefined
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}
