import type { Db } from "../../../database/statement"
import { deleteStockRecords } from "../sql/delete-stock-records"
import { insertStockRecords } from "../sql/insert-stock-records"
import { selectKeptSkus } from "../sql/select-kept-skus"
import { upsertStockStatements } from "../sql/upsert-stock-statements"
import type { StockRecordRow, StockStatementTimes } from "../stock-types"
import type { RepositoryContext } from "./context"

/** Stock records, which hold the stock of SKUs without a variant, and the times of the latest statements about levels. */
export class StockRepository {
  constructor(private readonly context: RepositoryContext) {}

  /** Inserts stock records. @returns the inserted ones, without those that existed already */
  async keep(records: readonly StockRecordRow[]): Promise<StockRecordRow[]> {
    return await insertStockRecords(this.context.db, records)
  }

  /** Those of these SKUs, in any case of the letters, that have a stock record. */
  async keptAmong(skus: readonly string[]): Promise<string[]> {
    return await selectKeptSkus(this.context.db, skus)
  }

  /** Removes stock records by their ids. */
  async remove(ids: readonly string[]): Promise<void> {
    await deleteStockRecords(this.context.db, ids)
  }

  /** Saves the times of the latest statements about levels, in the transaction that writes the levels. */
  async saveTimes(transaction: Db, times: readonly StockStatementTimes[]): Promise<void> {
    await upsertStockStatements(transaction, times)
  }
}
