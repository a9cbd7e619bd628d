import { AsyncLocalStorage } from "node:async_hooks"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { Client } from "@medusajs/framework/pg"

/** The piece of work in whose course the code runs: each count has an object of its own. */
const workOf = new AsyncLocalStorage<object>()

/** Node tells on this channel that a request has come to a server of this process. */
const REQUEST_STARTS = "http.server.request.start"

/**
 * Counts the SQL statements that are sent in the course of a piece of work: by the work itself, and by the requests that
 * reach the shop while it runs. The shop's jobs send theirs meanwhile, in a course of their own; those do not count.
 */
async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const mine = {}
  let count = 0
  const query = Reflect.get(Client.prototype, "query") as (...args: unknown[]) => unknown
  const counting = jest.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...args: unknown[]) {
    if (workOf.getStore() === mine) {
      count += 1
    }
    return Reflect.apply(query, this, args)
  })
  const markRequest = () => {
    workOf.enterWith(mine)
  }
  subscribe(REQUEST_STARTS, markRequest)
  try {
    await workOf.run(mine, work)
    return count
  } finally {
    unsubscribe(REQUEST_STARTS, markRequest)
    counting.mockRestore()
  }
}

/**
 * Counts the SQL statements that it takes to do something, whoever sends them: the ORM, Medusa's modules or ours. It is
 * done three times and the least count taken, because what is read once for a process is read the first time.
 */
export async function leastStatements(work: () => Promise<unknown>): Promise<number> {
  const counts = [await countStatements(work), await countStatements(work), await countStatements(work)]
  return Math.min(...counts)
}
