import { rowsOf, type Db } from "./db"

/** Removes stock records whose stock has moved on. Hand-written to remove them for good, in one statement. */
export async function deleteStockRecords(db: Db, ids: readonly string[]): Promise<void> {
  await rowsOf(db, `DELETE FROM odoo_stock_record WHERE id = ANY(:ids)`, { ids })
}
