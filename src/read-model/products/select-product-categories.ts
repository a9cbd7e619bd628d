import { rowsOf, type Db } from "../../database/statement"

export type CategoryRow = { id: string; name: string; handle: string; parent_category_id: string | null }

/** All categories; a shop has some hundred at most. Hand-written, because the ORM builds a tree of them. */
export function selectProductCategories(db: Db): Promise<CategoryRow[]> {
  return rowsOf<CategoryRow>(
    db,
    `SELECT id, name, handle, parent_category_id FROM product_category WHERE deleted_at IS NULL ORDER BY created_at, id`,
    {}
  )
}
