import { rowsOf, type Db } from "./statement"

/** The types of the columns of a table, by the names of the columns. */
export type Columns = ReadonlyMap<string, string>

/** Reads the columns of tables, with their types as Postgres names them. A table that does not exist has no columns. */
export async function selectColumns<Table extends string>(db: Db, tables: readonly Table[]): Promise<ReadonlyMap<Table, Columns>> {
  const rows = await rowsOf<{ table_name: Table; column_name: string; data_type: string }>(
    db,
    `SELECT table_name, column_name, data_type
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = ANY(:tables)`,
    { tables }
  )
  const columns = new Map(tables.map((table) => [table, new Map<string, string>()]))
  for (const { table_name: table, column_name: column, data_type: type } of rows) {
    columns.get(table)?.set(column, type)
  }
  return columns
}
