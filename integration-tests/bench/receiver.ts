import { once } from "events"
import { createServer, type Server } from "http"
import type { AddressInfo } from "net"

const TAKEN = JSON.stringify({ jsonrpc: "2.0", id: null, result: { success: true } })

/** Takes every webhook and answers at once, as Odoo would if it cost nothing. */
export class Receiver {
  /** how many have arrived */
  received = 0
  /** what is told of each: its body and when it had arrived, in milliseconds of this process' clock */
  onArrival: ((body: string, at: number) => void) | undefined
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        this.received += 1
        this.onArrival?.(Buffer.concat(chunks).toString("utf8"), performance.now())
        response.writeHead(200, { "content-type": "application/json" })
        response.end(TAKEN)
      })
    })
    this.#server.keepAliveTimeout = 60_000
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/medusa/webhook`
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1")
    await once(this.#server, "listening")
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}
