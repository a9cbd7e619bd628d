import { createServer } from "net"

/** Tells whether nobody listens on a port of this machine yet. */
export async function isPortFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(false))
    // without an address, as Medusa listens: taken on one interface is taken
    server.listen(port, () => server.close(() => resolve(true)))
  })
}

/** A port of this machine that is free at the moment. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => {
        if (address !== null && typeof address === "object") {
          resolve(address.port)
        } else {
          reject(new Error("no free port"))
        }
      })
    })
  })
}
