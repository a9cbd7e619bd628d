import { rowsOf, type Db } from "../../database/statement"

/** The tags with these values. Hand-written, so that thousands of values are bound as one array. */
export function selectProductTags(db: Db, values: readonly string[]): Promise<{ id: string; value: string }[]> {
  return rowsOf<{ id: string; value: string }>(
    db,
    `SELECT id, value FROM product_tag WHERE value = ANY(:values) AND deleted_at IS NULL`,
    { values }
  )
}
