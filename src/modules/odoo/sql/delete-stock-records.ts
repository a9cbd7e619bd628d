import { rowsOf, type Db } from "../../../database/statement"

/** Removes stock records whose stock was moved to another item. Hand-written to delete the rows instead of marking them as deleted. */
export async function deleteStockRecords(db: Db, ids: readonly string[]): Promise<void> {
  await rowsOf(db, `DELETE FROM odoo_stock_record WHERE id = ANY(:ids)`, { ids })
}
