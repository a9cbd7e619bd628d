import type { BootCheck } from "../../modules/odoo/boot-checks"
import { rewriteStatements, rowsOf, type Db, type Rewrite } from "../../database/statement"
import { columnsOf, READ_TABLES, type ReadTable } from "./columns"
import { OLDER_TABLES } from "./older-tables"
import { rowsByService } from "./rows-by-service"

/** The types of the columns of a table, by their names. */
type Present = ReadonlyMap<string, string>

/** The types of Postgres under the names of `ColumnType`. */
const SAME_TYPES: Readonly<Record<string, string>> = {
  "character varying": "text",
  "USER-DEFINED": "text",
  "timestamp with time zone": "timestamptz",
}

/** Types between which a value can be converted. */
const CONVERTIBLE = new Set(["text", "integer", "bigint", "real", "double precision", "numeric"])

async function presentColumns(db: Db): Promise<ReadonlyMap<ReadTable, Present>> {
  const rows = await rowsOf<{ table_name: ReadTable; column_name: string; data_type: string }>(
    db,
    `SELECT table_name, column_name, data_type
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = ANY(:tables)`,
    { tables: READ_TABLES }
  )
  const tables = new Map(READ_TABLES.map((table) => [table, new Map<string, string>()]))
  for (const { table_name: table, column_name: column, data_type: type } of rows) {
    tables.get(table)?.set(column, SAME_TYPES[type] ?? type)
  }
  return tables
}

const quoted = (name: string) => `"${name}"`

/** What stands for a table in a statement: SQL, or the rows that Medusa's service gives. */
type Substitute = { sql: string } | "service"

/**
 * What has to stand for a table.
 * @returns undefined for a table that has the columns that are needed
 */
function substituteFor(table: ReadTable, present: Present, all: ReadonlyMap<ReadTable, Present>): Substitute | undefined {
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
 * Puts, before a statement, a query of the same name for each table that has changed: in the statement, the name then stands for that
 * query. So each statement is written once, for the tables as they are now.
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

/** Has statements read these tables by Medusa's services. */
export const readByService = (tables: readonly ReadTable[]): void => {
  rewriteStatements(tables.length === 0 ? undefined : rewriteFor(new Map(tables.map((table) => [table, "service"]))))
}

/**
 * Compares the tables that are read with what is known of them, while Medusa boots, and has statements read what differs another way: an
 * older form of a table by SQL, and all else by Medusa's own services.
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
