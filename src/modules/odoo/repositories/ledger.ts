import type { Db } from "../../../database/statement"
import { insertMovements } from "../sql/insert-movements"
import { selectMovements } from "../sql/select-movements"
import { markReconciled, markUnreconciled, selectReducedOrders, selectUnreconciledOrders } from "../sql/unreconciled-orders"
import type { Movement } from "../stock-types"
import type { RepositoryContext } from "./context"

/** The stock ledgers of orders: which pieces have left the stock, and which ledgers have to be reconciled. */
export class LedgerRepository {
  constructor(private readonly context: RepositoryContext) {}

  /** The entries of an order, added up by line, inventory item, location and `via`. */
  async of(orderId: string): Promise<Movement[]> {
    return await selectMovements(this.context.db, orderId)
  }

  /** Adds entries in the transaction that writes their levels. The ledger becomes unreconciled. */
  async add(transaction: Db, orderId: string, entries: readonly Movement[]): Promise<void> {
    await insertMovements(transaction, orderId, entries)
  }

  /** The ids of those of these orders that have a ledger, because a reduction was reported for them. */
  async reducedAmong(orderIds: readonly string[]): Promise<string[]> {
    return await selectReducedOrders(this.context.db, orderIds)
  }

  /** Marks a ledger as unreconciled, so that the job finds it should this process die. */
  async markUnreconciled(orderId: string): Promise<void> {
    await markUnreconciled(this.context.db, orderId)
  }

  /** Marks a ledger as reconciled with the fulfillments and reservations of its order. */
  async markReconciled(orderId: string): Promise<void> {
    await markReconciled(this.context.db, orderId)
  }

  /** The ids of some orders whose ledgers have been unreconciled for longer than a time, the longest first. */
  async unreconciled(olderThanMs: number, limit: number): Promise<string[]> {
    return await selectUnreconciledOrders(this.context.db, olderThanMs, limit)
  }
}
