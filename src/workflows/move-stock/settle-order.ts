import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Movement } from "../../modules/odoo/sql/insert-movements"
import { markSettled, markUnsettled, selectMovedOrders, selectUnsettledOrders } from "../../modules/odoo/sql/unsettled-movements"
import { describeError } from "../../utils/describe-error"
import { underOrderLock } from "../change-order/order-lock"
import { emitLevelEvents } from "../ingest-inventory/levels"
import { underStockLock } from "../ingest-inventory/stock-lock"
import { enter, entriesFor, goodsOf, levelOf, toldOf, type OrderLine } from "./books"
import { enterMovements, openBooks, readGoods, stockItemsOf, type OpenBooks } from "./order-books"

/** How many pieces were put back for a fulfilment, by the key of the level; they had left it before. */
export type PutBack = Map<string, number>

/** What of a stock entries put back on the whole. */
function putBackBy(entries: readonly Movement[]): PutBack {
  const back: PutBack = new Map()
  for (const entry of entries) {
    const key = levelOf(entry)
    if (key !== undefined) {
      back.set(key, (back.get(key) ?? 0) - entry.quantity)
    }
  }
  return back
}

/** How many of which line a fulfilment is about to take; line item ids are the keys. */
export type Planned = ReadonlyMap<string, number>

/** Whether a reduction has told of an order: only then there are books. */
export async function isMoved(container: MedusaContainer, orderId: string): Promise<boolean> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  return (await selectMovedOrders(db, [orderId])).length > 0
}

/** Whether a fulfilment is about to take no more than there is to fulfil. */
const fits = (planned: Planned, lines: readonly OrderLine[]) =>
  [...planned].every(([id, quantity]) => lines.some((line) => line.id === id && quantity <= line.ordered - line.fulfilled))

/**
 * The entries that make the books agree with the order's fulfilments.
 * @returns also whether there is an entry for everything: pieces may be of an item that has no stock anywhere
 */
function settlement({ books }: OpenBooks, planned: Planned): { entries: Movement[]; isWhole: boolean } {
  const entries: Movement[] = []
  let [after, isWhole] = [books, true]
  for (const goods of goodsOf(books.lines).filter((each) => toldOf(each, books.movements) > 0)) {
    const moved = entriesFor(after, goods, { planned, anywhere: true })
    isWhole &&= moved !== undefined
    after = enter(after, moved?.entries ?? [])
    entries.push(...(moved?.entries ?? []))
  }
  return { entries, isWhole }
}

/**
 * Makes an order's books agree with its fulfilments: what the reductions are ahead of them is out of the stock by our
 * hand, and nothing else. The caller holds the order's lock.
 * @param planned what a fulfilment is about to take. It finds its pieces in stock and reserved, as Medusa wants them,
 *   and the books stay unsettled until the order is settled again without a plan
 * @returns what was put back
 */
export async function settleOrder(container: MedusaContainer, orderId: string, planned?: Planned): Promise<PutBack> {
  if (!(await isMoved(container, orderId))) {
    return new Map()
  }
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { lines, isClosed } = await readGoods(container, orderId)
  if (planned !== undefined && (isClosed || !fits(planned, lines))) {
    // Medusa refuses it, and has nothing to take
    return new Map()
  }
  const { levelIds, back } = await underStockLock(container, stockItemsOf(lines), async () => {
    const open = await openBooks(container, orderId, await readGoods(container, orderId))
    const { entries, isWhole } = settlement(open, planned ?? new Map())
    const written = await enterMovements(container, open, entries)
    if (planned === undefined && isWhole) {
      await markSettled(db, orderId)
    }
    return { levelIds: written, back: putBackBy(entries) }
  })
  await emitLevelEvents(container, levelIds)
  return back
}

/**
 * Has a fulfilment take pieces that may have left with a reduction before: they are put back for it, and whatever it did
 * not take leaves again. The caller holds the order's lock.
 * @param work is told what was put back
 */
export async function aroundFulfilment<T>(
  container: MedusaContainer,
  orderId: string,
  planned: Planned,
  work: (back: PutBack) => Promise<T>
): Promise<T> {
  const back = await settleOrder(container, orderId, planned)
  try {
    return await work(back)
  } finally {
    await settleOrder(container, orderId).catch((error: unknown) => {
      // the books are marked: whoever comes next settles them
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`odoo: the stock of order ${orderId} was not settled after a fulfilment: ${describeError(error)}`)
    })
  }
}

/**
 * Marks the orders among these of which a reduction has told, after something has happened to their lines or fulfilments.
 * @returns those, which are to be settled
 */
export async function noteToSettle(container: MedusaContainer, orderIds: readonly string[]): Promise<string[]> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const moved = await selectMovedOrders(db, orderIds)
  for (const orderId of moved) {
    await markUnsettled(db, orderId)
  }
  return moved
}

/** Settles orders that are marked; where one can not be had now, that is done later. */
export async function settleOrders(container: MedusaContainer, orderIds: readonly string[]): Promise<void> {
  for (const orderId of orderIds) {
    await underOrderLock(container, orderId, () => settleOrder(container, orderId)).catch((error: unknown) => {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`odoo: the stock of order ${orderId} was not settled, and will be later: ${describeError(error)}`)
    })
  }
}

/** How old unsettled books are before somebody else takes them up; milliseconds. No request takes as long. */
const ABANDONED_MS = 60_000

const ORDERS_AT_ONCE = 100

/** Settles the orders whose books a process has left unsettled when it died. */
export async function settleAbandoned(container: MedusaContainer): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const orderIds = await selectUnsettledOrders(db, ABANDONED_MS, ORDERS_AT_ONCE)
  await settleOrders(container, await noteToSettle(container, orderIds))
}
