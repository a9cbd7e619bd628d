import { once } from "events"
import { createConnection } from "net"

/** The Redis that tests of several instances share. */
export const REDIS_URL = process.env.REDIS_URL ?? "redis://127.0.0.1:6379"

/**
 * Makes sure that somebody listens there.
 * @throws Error that says what to do
 */
export async function requireRedis(): Promise<void> {
  const { hostname, port } = new URL(REDIS_URL)
  const socket = createConnection({ host: hostname, port: Number(port || "6379") })
  try {
    await once(socket, "connect")
  } catch (error) {
    throw new Error("These tests need a Redis. Start one, or let REDIS_URL say where one is.", { cause: error })
  } finally {
    socket.destroy()
  }
}
