import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Runs statements: the connection pool, or a transaction. */
export type Db = Knex | Knex.Transaction

/** A value for a binding of a statement; a list is bound as one array of Postgres. */
export type Binding = string | number | boolean | Date | null | List

type List = readonly (string | null)[] | readonly (number | null)[]

const isList = (binding: Binding): binding is List => Array.isArray(binding)

const elementOf = (element: string | number | null) =>
  typeof element === "string" ? `"${/["\\]/.test(element) ? element.replace(/["\\]/g, "\\$&") : element}"` : String(element)

/** Writes a list as an array of Postgres. The driver does the same in ten times the time. */
const arrayOf = (list: readonly (string | number | null)[]) => `{${list.map(elementOf).join(",")}}`

/** Runs a statement with named bindings (`:name`). @returns the rows */
export async function rowsOf<T>(db: Db, statement: string, bindings: Readonly<Record<string, Binding>>): Promise<T[]> {
  const bound = Object.entries(bindings).map(([name, binding]) => [name, isList(binding) ? arrayOf(binding) : binding])
  const result = await db.raw<{ rows: T[] }>(statement, Object.fromEntries(bound) as Record<string, Knex.RawBinding>)
  return result.rows
}
