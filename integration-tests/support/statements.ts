import { Client } from "@medusajs/framework/pg"

async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const query = jest.spyOn(Client.prototype, "query")
  try {
    await work()
    return query.mock.calls.length
  } finally {
    query.mockRestore()
  }
}

/**
 * Counts the SQL statements that it takes to do something, whoever sends them: the ORM, Medusa's modules or ours. It is
 * done three times and the least count taken, because the shop's jobs send theirs meanwhile.
 */
export async function leastStatements(work: () => Promise<unknown>): Promise<number> {
  const counts = [await countStatements(work), await countStatements(work), await countStatements(work)]
  return Math.min(...counts)
}
