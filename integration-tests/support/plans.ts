import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A node of a plan, as `EXPLAIN (FORMAT JSON)` gives it. */
type PlanNode = {
  "Node Type": string
  "Relation Name"?: string
  "Index Name"?: string
  "Parent Relationship"?: string
  "Subplan Name"?: string
  Filter?: string
  Plans?: PlanNode[]
}

/** How a statement would come to the rows of a table, and whether it does so once for each row of something else. */
export type Reading = { table: string; how: string; index: string | undefined; repeats: boolean }

/** The indexes that Medusa makes of every table: they hold all rows, and to read rows by one is to read the table. */
const HOLDS_ALL_ROWS = /_deleted_at$/

/** Whether a node is run once for each row that its parent has of something else; a subplan that is hashed is run once. */
function isRepeated(parent: PlanNode, node: PlanNode): boolean {
  if (node["Parent Relationship"] === "SubPlan") {
    return parent.Filter?.includes(`hashed ${node["Subplan Name"] ?? ""}`) !== true
  }
  return parent["Node Type"] === "Nested Loop" && node["Parent Relationship"] === "Inner" && node["Node Type"] !== "Materialize"
}

/** @param tableOf the tables of indexes: a scan of an index alone does not name its table */
function readingsIn(node: PlanNode, tableOf: ReadonlyMap<string, string>, repeats = false): Reading[] {
  const inner = (node.Plans ?? []).flatMap((child) => readingsIn(child, tableOf, repeats || isRepeated(node, child)))
  const index = node["Index Name"]
  const table = node["Relation Name"] ?? tableOf.get(index ?? "")
  return /Scan$/.test(node["Node Type"]) && table !== undefined
    ? [{ table, how: node["Node Type"], index, repeats }, ...inner]
    : inner
}

/**
 * The plans of all statements that are sent while something is done with a database, which executes none of them: each
 * has no rows. They are the very statements of the code, with what it binds to them.
 */
export async function plansOf(db: Knex, work: (db: Knex) => Promise<unknown>): Promise<Reading[]> {
  const readings: Reading[] = []
  const { rows: indexes } = await db.raw<{ rows: { indexname: string; tablename: string }[] }>("SELECT indexname, tablename FROM pg_indexes")
  const tableOf = new Map(indexes.map(({ indexname, tablename }) => [indexname, tablename]))
  const explain = async (statement: string, bindings: Record<string, Knex.RawBinding>) => {
    const { rows } = await db.raw<{ rows: { "QUERY PLAN": { Plan: PlanNode }[] }[] }>(`EXPLAIN (FORMAT JSON) ${statement}`, bindings)
    readings.push(...rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => readingsIn(Plan, tableOf))))
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
