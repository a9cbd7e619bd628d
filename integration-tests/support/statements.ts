import { Client } from "@medusajs/framework/pg"

/**
 * Counts the SQL statements that this process sends while something is done, whoever sends them: the ORM, Medusa's
 * modules or ours.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const query = jest.spyOn(Client.prototype, "query")
  try {
    await work()
    return query.mock.calls.length
  } finally {
    query.mockRestore()
  }
}

/** The same for something that changes nothing: the least of three times, because the shop's jobs go on meanwhile. */
export async function leastStatements(work: () => Promise<unknown>): Promise<number> {
  const counts = [await countStatements(work), await countStatements(work), await countStatements(work)]
  return Math.min(...counts)
}
