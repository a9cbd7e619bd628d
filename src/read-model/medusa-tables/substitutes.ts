import type { BootCheck } from "../../modules/odoo/boot-checks"
import { selectColumns, type Columns } from "../../database/select-columns"
import { rewriteStatements, type Db, type Rewrite } from "../../database/statement"
import { columnsOf, READ_TABLES, type ReadTable } from "./columns"
import { OLDER_TABLES } from "./older-tables"
import { rowsByService } from "./rows-by-service"

/** The types of Postgres under the names of `ColumnType`. */
const SAME_TYPES: Readonly<Record<string, string>> = {
  "character varying": "text",
  "USER-DEFINED": "text",
  "timestamp with time zone": "timestamptz",
}

/** Types between which a value can be converted. */
const CONVERTIBLE = new Set(["text", "integer", "bigint", "real", "double precision", "numeric"])

/** The columns of the tables that are read, with their types under the names of `ColumnType`. */
async function presentColumns(db: Db): Promise<ReadonlyMap<ReadTable, Columns>> {
  const named = (columns: Columns) => new Map([...columns].map(([name, type]) => [name, SAME_TYPES[type] ?? type]))
  return new Map([...(await selectColumns(db, READ_TABLES))].map(([table, columns]) => [table, named(columns)]))
}

const quoted = (name: string) => `"${name}"`

/** The replacement of a table in a statement: a query, or the rows from Medusa's service. */
type Substitute = { sql: string } | "service"

/**
 * Finds the replacement of a table.
 * @returns undefined for a table that has the needed columns
 */
function substituteFor(table: ReadTable, present: Columns, all: ReadonlyMap<ReadTable, Columns>): Substitute | undefined {
  const needed = columnsOf(table)
  const missing = needed.filter(([name]) => !present.has(name)).map(([name]) => name)
  if (missing.length > 0) {
    const older = OLDER_TABLES[table]
    const isOlder = older?.needs.every(([from, column]) => all.get(from)?.has(column) === true) === true
    return isOlder ? { sql: older.sql } : "service"
  }
  const others = needed.filter(([name, type]) => present.get(name) !== type)
  if (others.length === 0) {
    return undefined
  }
  if (others.some(([name, type]) => !CONVERTIBLE.has(type) || !CONVERTIBLE.has(present.get(name) ?? ""))) {
    return "service"
  }
  const converted = needed.map(([name, type]) =>
    present.get(name) === type ? quoted(name) : `CAST(NULLIF(CAST(${quoted(name)} AS text), '') AS ${type}) AS ${quoted(name)}`
  )
  return { sql: `SELECT ${converted.join(", ")} FROM ${quoted(table)}` }
}

/** Finds where a statement reads a table. */
const readOf = (table: ReadTable) => new RegExp(`\\b(FROM|JOIN)\\s+"?${table}"?(?![\\w"])`)

const recordset = (table: ReadTable) =>
  `SELECT * FROM jsonb_to_recordset(CAST(:medusa_${table} AS jsonb)) AS given(${columnsOf(table)
    .map(([name, type]) => `${quoted(name)} ${type}`)
    .join(", ")})`

/**
 * Makes a function that puts a query with the name of each changed table before a statement (`WITH`), so that the statement reads the
 * query instead of the table. So each statement is written once, for the newest tables.
 */
function rewriteFor(substitutes: ReadonlyMap<ReadTable, Substitute>): Rewrite {
  const known = [...substitutes].map(([table, substitute]) => ({ table, substitute, pattern: readOf(table) }))
  return async ({ text, bindings, only }) => {
    const given: Record<string, string> = {}
    const queries = await Promise.all(
      known.filter(({ pattern }) => pattern.test(text)).map(async ({ table, substitute }) => {
        if (substitute !== "service") {
          // not materialized, so that the indexes of the table serve
          return `${quoted(table)} AS NOT MATERIALIZED (${substitute.sql})`
        }
        given[`medusa_${table}`] = JSON.stringify(await rowsByService(table, only?.[table] ?? {}))
        return `${quoted(table)} AS (${recordset(table)})`
      })
    )
    if (queries.length === 0) {
      return { text, bindings }
    }
    const [, rest] = /^\s*WITH\s([^]*)$/.exec(text) ?? []
    return { text: `WITH ${queries.join(", ")}${rest === undefined ? ` ${text}` : `, ${rest}`}`, bindings: { ...bindings, ...given } }
  }
}

/** Makes all statements read these tables through Medusa's services. For tests; an empty list ends that. */
export const readByService = (tables: readonly ReadTable[]): void => {
  rewriteStatements(tables.length === 0 ? undefined : rewriteFor(new Map(tables.map((table) => [table, "service"]))))
}

/**
 * Compares, while Medusa boots, the tables that are read with `columns.ts`. Statements then read a differing table in another way: an
 * older form by a query, any other form through Medusa's service.
 */
export const checkReadTables: BootCheck = async ({ db, logger }) => {
  rewriteStatements(undefined)
  const present = await presentColumns(db)
  const substitutes = new Map<ReadTable, Substitute>()
  const adapted: string[] = []
  for (const [table, columns] of present) {
    const substitute = substituteFor(table, columns, present)
    if (substitute === undefined) {
      continue
    }
    substitutes.set(table, substitute)
    const differing = columnsOf(table).filter(([name, type]) => columns.get(name) !== type).map(([name]) => name)
    if (substitute !== "service") {
      adapted.push(`${table} (${differing.join(", ")})`)
    } else if (columns.size > 0) {
      logger.warn(
        `odoo: Medusa's table ${table} lacks columns that this plugin reads, or has them in another form (${differing.join(", ")}). It is read through Medusa's own service, which is slower.`
      )
    }
  }
  if (adapted.length > 0) {
    logger.info(`odoo: this version of Medusa keeps some things in an older form, which is read as it is: ${adapted.join("; ")}.`)
  }
  if (substitutes.size > 0) {
    rewriteStatements(rewriteFor(substitutes))
  }
}
