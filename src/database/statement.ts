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

/** By table of Medusa, the only rows that a statement needs, as filters of Medusa's services. */
export type OnlyRows = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** A statement with named bindings (`:name`). */
export type Statement = { text: string; bindings: Readonly<Record<string, Binding>>; only?: OnlyRows | undefined }

/** Turns a statement into another one with the same rows. */
export type Rewrite = (statement: Statement) => Promise<Omit<Statement, "only">>

let rewrite: Rewrite | undefined

/**
 * Sets the function that rewrites every statement before it runs, because Medusa's tables differ from version to version. Undefined
 * removes the function.
 */
export function rewriteStatements(by: Rewrite | undefined): void {
  rewrite = by
}

/**
 * Runs a statement with named bindings (`:name`) and gives its rows.
 * @param only what narrows the rows of Medusa's tables, where they have to be read another way
 */
export async function rowsOf<T>(db: Db, statement: string, given: Statement["bindings"], only?: OnlyRows): Promise<T[]> {
  const { text, bindings } = rewrite === undefined ? { text: statement, bindings: given } : await rewrite({ text: statement, bindings: given, only })
  const bound = Object.entries(bindings).map(([name, binding]) => [name, isList(binding) ? arrayOf(binding) : binding])
  const result = await db.raw<{ rows: T[] }>(text, Object.fromEntries(bound) as Record<string, Knex.RawBinding>)
  return result.rows
}
