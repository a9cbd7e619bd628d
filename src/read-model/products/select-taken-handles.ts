import { rowsOf, type Db } from "../../database/statement"

/** The handles of products that equal one of these, or one of these with a number at the end (`shirt-2`). Hand-written for the pattern. */
export async function selectTakenHandles(db: Db, bases: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ handle: string }>(
    db,
    `SELECT handle FROM product
     WHERE deleted_at IS NULL AND (handle = ANY(:bases) OR regexp_replace(handle, '-[0-9]+$', '') = ANY(:bases))`,
    { bases }
  )
  return rows.map(({ handle }) => handle)
}
