import { rowsOf, type Db } from "../../modules/odoo/sql/db"

/** Which of these inventory items there are. Hand-written, because it is asked under a lock that checkouts wait for. */
export async function selectLiveItems(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(db, `SELECT id FROM inventory_item WHERE id = ANY(:ids) AND deleted_at IS NULL`, { ids })
  return rows.map(({ id }) => id)
}
