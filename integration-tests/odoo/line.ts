import { connect, createServer, type AddressInfo, type Server, type Socket } from "net"

/**
 * The line between the shop and a server, which can be cut and mended: while it is cut, nobody listens at its address
 * and whoever connects is refused, as when the server is down.
 */
export class Line {
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #port = 0

  /** @param target the server at the other end */
  constructor(private readonly target: URL) {}

  /** Where the shop finds the server. */
  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`
  }

  /** Whether somebody is connected. */
  get isBusy(): boolean {
    return this.#sockets.size > 0
  }

  /** Listens, always at the same address. */
  async mend(): Promise<void> {
    await this.cut()
    const server = createServer((near) => this.#join(near))
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject)
      server.listen(this.#port, "127.0.0.1", resolve)
    })
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Stops listening, and breaks what is connected. */
  async cut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) {
      return
    }
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    this.#sockets.forEach((socket) => socket.destroy())
    await closed
  }

  #join(near: Socket): void {
    const far = connect(Number(this.target.port || 80), this.target.hostname)
    near.pipe(far).pipe(near)
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      this.#sockets.add(socket)
      socket.on("error", () => socket.destroy())
      socket.on("close", () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
    }
  }
}
