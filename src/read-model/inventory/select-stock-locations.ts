import { rowsOf, type Db } from "../../modules/odoo/sql/db"

export type StockLocationRow = { id: string; name: string }

/** Every stock location: a shop has a handful. Hand-written, so that a push costs no hydration. */
export function selectStockLocations(db: Db): Promise<StockLocationRow[]> {
  return rowsOf<StockLocationRow>(db, `SELECT id, name FROM stock_location WHERE deleted_at IS NULL ORDER BY name, id`, {})
}
