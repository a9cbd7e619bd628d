import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Db } from "../../modules/odoo/sql/db"
import { markSettled } from "../../modules/odoo/sql/unsettled-movements"
import type { OpenReceipt } from "../../modules/odoo/types"
import { WireError } from "../../wire/errors"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { underOrderLock } from "../change-order/order-lock"
import { emitLevelEvents } from "../ingest-inventory/levels"
import { underStockLock } from "../ingest-inventory/stock-lock"
import { doneBefore, noteDone } from "../once/once"
import { enterMovements, openBooks, readGoods, stockItemsOf, type OpenBooks } from "./order-books"
import { planReduction } from "./plan-reduction"
import type { OrderGoods } from "./read-order-goods"

export type ReduceOrderInput = { orderId: string; items: readonly ReduceItem[]; receipt?: OpenReceipt | undefined }

/**
 * Of an order of which nothing more is to leave, what has left before may be said again.
 * @throws WireError `CONFLICT` for anything else
 */
function onlyRepeated({ status }: OrderGoods, { books }: OpenBooks, outcomes: ReduceOutcome[]): ReduceOutcome[] {
  if (books.movements.length === 0 || outcomes.some((outcome) => outcome.status !== "already_reduced")) {
    throw new WireError("CONFLICT", `The order is ${status}: nothing of it leaves the stock.`)
  }
  return outcomes
}

async function reduceLocked(container: MedusaContainer, { orderId, items, receipt }: ReduceOrderInput) {
  // read again: a fulfilment may have taken its part meanwhile
  const goods = await readGoods(container, orderId)
  const open = await openBooks(container, orderId, goods)
  const { outcomes, entries, missing } = planReduction(open.books, items)
  if (goods.isClosed) {
    return { outcomes: onlyRepeated(goods, open, outcomes), levelIds: [] }
  }
  const alsoWrite = (transaction: Db) => noteDone(transaction, receipt, outcomes)
  const levelIds = await enterMovements(container, open, entries, { missing, alsoWrite })
  await markSettled(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), orderId)
  return { outcomes, levelIds }
}

/**
 * Takes what of an order has left the stock out of it, once, whatever is repeated (contract 5). The levels and the
 * entries in the order's books are written in one transaction, under Medusa's locks; the reservations end after it, so
 * that a process that dies in between leaves too little for sale, never too much, and whoever comes next mends it.
 * @returns an outcome for each item, in their order
 * @throws WireError `NOT_FOUND` for an order that is not there, `CONFLICT` for what has not left of one that is canceled
 */
export async function reduceOrder(container: MedusaContainer, input: ReduceOrderInput): Promise<ReduceOutcome[]> {
  const before = doneBefore(input.receipt) as ReduceOutcome[] | undefined
  if (before !== undefined) {
    return before
  }
  return await underOrderLock(container, input.orderId, async () => {
    const itemIds = stockItemsOf((await readGoods(container, input.orderId)).lines)
    const { outcomes, levelIds } = await underStockLock(container, itemIds, () => reduceLocked(container, input))
    await emitLevelEvents(container, levelIds)
    return outcomes
  })
}
