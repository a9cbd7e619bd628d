import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Where a statement runs: on the connection pool, or inside a transaction. */
export type Db = Knex | Knex.Transaction

/** What can be bound to a statement; a list is bound whole, as one array of Postgres. */
export type Binding = string | number | boolean | Date | null | readonly (string | null)[] | readonly (number | null)[]

/** Runs a statement with named bindings (`:name`) and gives its rows. */
export async function rowsOf<T>(db: Db, statement: string, bindings: Readonly<Record<string, Binding>>): Promise<T[]> {
  const result = await db.raw<{ rows: T[] }>(statement, bindings as Record<string, Knex.RawBinding>)
  return result.rows
}
