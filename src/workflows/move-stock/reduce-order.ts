import type { MedusaContainer } from "@medusajs/framework/types"

import type { Db } from "../../database/statement"
import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { OpenReceipt } from "../../modules/odoo/types"
import { WireError } from "../../wire/errors"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReadReduceItem } from "../../wire/schemas/reduce"
import { underOrderLock } from "../../locks/order-lock"
import { withSkus } from "../change-order/with-skus"
import { emitLevelEvents } from "../stock-levels/levels"
import { underStockLock } from "../stock-levels/stock-lock"
import { earlierOutcome, saveOutcome } from "../idempotency/apply-once"
import { writeEntries, readLedger, readGoods, stockItemsOf, type OrderLedger } from "./order-ledger"
import { planReduction } from "./plan-reduction"
import type { OrderGoods } from "./read-order-goods"

export type ReduceOrderInput = { orderId: string; items: readonly ReadReduceItem[]; receipt?: OpenReceipt | undefined }

/**
 * Checks the outcomes of a reduction of a closed order: only goods that have left before may be reported again.
 * @throws WireError `CONFLICT` for other goods
 */
function onlyRepeated({ status }: OrderGoods, { ledger }: OrderLedger, outcomes: ReduceOutcome[]): ReduceOutcome[] {
  if (ledger.movements.length === 0 || outcomes.some(({ status: outcome }) => outcome !== "already_reduced" && outcome !== "failed")) {
    throw new WireError("CONFLICT", `The order is ${status}: nothing of it leaves the stock.`)
  }
  return outcomes
}

async function reduceLocked(container: MedusaContainer, { orderId, items, receipt }: ReduceOrderInput) {
  // read again under the lock: a fulfillment may have taken pieces meanwhile
  const goods = await readGoods(container, orderId)
  const open = await readLedger(container, orderId, goods)
  const { outcomes, entries, missing } = planReduction(open.ledger, items)
  if (goods.isClosed) {
    return { outcomes: onlyRepeated(goods, open, outcomes), levelIds: [] }
  }
  const alsoWrite = (transaction: Db) => saveOutcome(container, transaction, receipt, outcomes)
  const levelIds = await writeEntries(container, open, entries, { missing, alsoWrite })
  await container.resolve<OdooModuleService>(ODOO_MODULE).ledger.markReconciled(orderId)
  return { outcomes, levelIds }
}

/**
 * Takes goods of an order out of the stock, once, however often the reduction is repeated (contract 5). The levels and the
 * ledger entries are written in one transaction, under Medusa's locks. The reservations end after it: a process that dies in
 * between leaves too little for sale, never too much, and the next reduction or job corrects it.
 * @returns an outcome for each item, in the order of the items
 * @throws WireError `NOT_FOUND` for an order that does not exist, `CONFLICT` for new goods of a canceled order
 */
export async function reduceOrder(container: MedusaContainer, input: ReduceOrderInput): Promise<ReduceOutcome[]> {
  const before = earlierOutcome(input.receipt) as ReduceOutcome[] | undefined
  if (before !== undefined) {
    return before
  }
  const items = await withSkus(container, input.orderId, input.items)
  return await underOrderLock(container, input.orderId, async () => {
    const itemIds = stockItemsOf((await readGoods(container, input.orderId)).lines)
    const { outcomes, levelIds } = await underStockLock(container, itemIds, () => reduceLocked(container, { ...input, items }))
    await emitLevelEvents(container, levelIds)
    return outcomes
  })
}
