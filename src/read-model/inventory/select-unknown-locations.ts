import { rowsOf, type Db } from "../../database/statement"

/** Those of these names that are neither the id nor the name of a stock location. Hand-written to be one statement. */
export async function selectUnknownLocations(db: Db, called: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ called: string }>(
    db,
    `SELECT called FROM unnest(CAST(:called AS text[])) AS called
     WHERE NOT EXISTS (
       SELECT 1 FROM stock_location
       WHERE deleted_at IS NULL AND (id = called OR lower(trim(name)) = lower(trim(called)))
     )`,
    { called }
  )
  return rows.map((row) => row.called)
}
