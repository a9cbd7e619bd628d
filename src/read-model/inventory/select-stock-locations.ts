import { rowsOf, type Db } from "../../database/statement"

export type StockLocationRow = { id: string; name: string }

/** All stock locations; a shop has a few. Hand-written for speed, because it runs for each push. */
export function selectStockLocations(db: Db): Promise<StockLocationRow[]> {
  return rowsOf<StockLocationRow>(db, `SELECT id, name FROM stock_location WHERE deleted_at IS NULL ORDER BY name, id`, {})
}
