import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A node of a plan, as `EXPLAIN (FORMAT JSON)` gives it. */
type PlanNode = { "Node Type": string; "Relation Name"?: string; "Index Name"?: string; Plans?: PlanNode[] }

/** How a statement would come to the rows of our tables. */
export type Reading = { table: string; how: string; index: string | undefined }

const OURS = /^odoo_/

/** The indexes that Medusa makes of every table: they hold all rows, and to read rows by one is to read the table. */
const HOLDS_ALL_ROWS = /_deleted_at$/

function readingsIn(node: PlanNode): Reading[] {
  const inner = (node.Plans ?? []).flatMap(readingsIn)
  const table = node["Relation Name"] ?? /^IDX_(odoo_[a-z]+?(?:_[a-z]+)*)/.exec(node["Index Name"] ?? "")?.[1]
  return /Scan$/.test(node["Node Type"]) && table !== undefined && OURS.test(table)
    ? [{ table, how: node["Node Type"], index: node["Index Name"] }, ...inner]
    : inner
}

/**
 * The plans of all statements that are sent while something is done with a database, which executes none of them: each
 * has no rows. They are the very statements of the code, with what it binds to them.
 */
export async function plansOf(db: Knex, work: (db: Knex) => Promise<unknown>): Promise<Reading[]> {
  const readings: Reading[] = []
  const explain = async (statement: string, bindings: Record<string, Knex.RawBinding>) => {
    const { rows } = await db.raw<{ rows: { "QUERY PLAN": { Plan: PlanNode }[] }[] }>(`EXPLAIN (FORMAT JSON) ${statement}`, bindings)
    readings.push(...rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => readingsIn(Plan))))
    return { rows: [] }
  }
  await work(
    new Proxy(db, {
      get: (target, property): unknown => (property === "raw" ? explain : Reflect.get(target, property)),
    })
  )
  return readings
}

/** Those that read all rows of a table. */
export const wholeTables = (readings: readonly Reading[], tables: readonly string[]): string[] =>
  readings
    .filter(({ table, how, index }) => tables.includes(table) && (how === "Seq Scan" || (how !== "Index Only Scan" && HOLDS_ALL_ROWS.test(index ?? ""))))
    .map(({ table, how, index }) => `${how} of ${table}${index === undefined ? "" : ` by ${index}`}`)
