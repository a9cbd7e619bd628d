import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { AsyncLocalStorage } from "async_hooks"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Movement } from "../../modules/odoo/stock-types"
import { describeError } from "../../utils/describe-error"
import { minusQuantity } from "../../wire/counts"
import { underOrderLock } from "../../locks/order-lock"
import { emitLevelEvents } from "../stock-levels/levels"
import { underStockLock } from "../stock-levels/stock-lock"
import { applyEntries, planEntries, goodsOf, levelOf, reportedOf, type OrderLine } from "./stock-ledger"
import { writeEntries, readLedger, readGoods, stockItemsOf, type OrderLedger } from "./order-ledger"

const ledgerOf = (container: MedusaContainer) => container.resolve<OdooModuleService>(ODOO_MODULE).ledger

/** How many pieces that had left the stock before were put back for a fulfillment, by the key of the level. */
export type PutBack = Map<string, number>

/** How many pieces some entries put back in sum, by the key of the level. */
function putBackBy(entries: readonly Movement[]): PutBack {
  const back: PutBack = new Map()
  for (const entry of entries) {
    const key = levelOf(entry)
    if (key !== undefined) {
      back.set(key, minusQuantity(back.get(key) ?? 0, entry.quantity))
    }
  }
  return back
}

/** How many pieces of each line a fulfillment is about to take, by line item id. */
export type Planned = ReadonlyMap<string, number>

/** Whether a reduction was reported for an order. Only such an order has a ledger. */
export async function isReduced(container: MedusaContainer, orderId: string): Promise<boolean> {
  return (await ledgerOf(container).reducedAmong([orderId])).length > 0
}

/** Whether a planned fulfillment takes no more pieces than are unfulfilled. */
const fits = (planned: Planned, lines: readonly OrderLine[]) =>
  [...planned].every(([id, quantity]) => lines.some((line) => line.id === id && quantity <= minusQuantity(line.ordered, line.fulfilled)))

/**
 * Plans the entries that make the ledger agree with the order's fulfillments.
 * @returns `isWhole` is false where some pieces got no entry, because their item has no stock anywhere
 */
function planReconciliation({ ledger }: OrderLedger, planned: Planned): { entries: Movement[]; isWhole: boolean } {
  const entries: Movement[] = []
  let [after, isWhole] = [ledger, true]
  for (const goods of goodsOf(ledger.lines).filter((each) => reportedOf(each, ledger.movements) > 0)) {
    const moved = planEntries(after, goods, { planned, anywhere: true })
    isWhole &&= moved !== undefined
    after = applyEntries(after, moved?.entries ?? [])
    entries.push(...(moved?.entries ?? []))
  }
  return { entries, isWhole }
}

/**
 * Reconciles the stock of an order with its fulfillments: the plugin takes out of the stock exactly the pieces that the
 * reductions report beyond the fulfillments. The caller holds the order's lock.
 * @param planned the pieces that a fulfillment is about to take. They are put back into the stock and reserved, because
 *   Medusa fulfills only such pieces. The ledger then stays marked until it is reconciled again without `planned`
 * @returns the pieces that were put back
 */
async function reconcileOrderStock(container: MedusaContainer, orderId: string, planned?: Planned): Promise<PutBack> {
  if (!(await isReduced(container, orderId))) {
    return new Map()
  }
  const { lines, isClosed } = await readGoods(container, orderId)
  if (planned !== undefined && (isClosed || !fits(planned, lines))) {
    // Medusa refuses this fulfillment, so that no pieces are needed for it
    return new Map()
  }
  const { levelIds, back } = await underStockLock(container, stockItemsOf(lines), async () => {
    const open = await readLedger(container, orderId, await readGoods(container, orderId))
    const { entries, isWhole } = planReconciliation(open, planned ?? new Map())
    const written = await writeEntries(container, open, entries)
    if (planned === undefined && isWhole) {
      await ledgerOf(container).markReconciled(orderId)
    }
    return { levelIds: written, back: putBackBy(entries) }
  })
  await emitLevelEvents(container, levelIds)
  return back
}

/** The id of the order that is being fulfilled, in all code that the fulfillment calls. */
const fulfilling = new AsyncLocalStorage<string>()

/** Whether the caller runs inside {@link withStockForFulfillment} for this order. */
export const isFulfilling = (orderId: string): boolean => fulfilling.getStore() === orderId

/**
 * Runs a fulfillment whose pieces may have left the stock with a reduction before: the pieces are put back first, and those
 * that the fulfillment did not take leave the stock again. The caller holds the order's lock.
 * @param work makes the fulfillment; its argument holds the pieces that were put back
 */
export async function withStockForFulfillment<T>(
  container: MedusaContainer,
  orderId: string,
  planned: Planned,
  work: (back: PutBack) => Promise<T>
): Promise<T> {
  const back = await reconcileOrderStock(container, orderId, planned)
  try {
    return await fulfilling.run(orderId, () => work(back))
  } finally {
    await reconcileOrderStock(container, orderId).catch((error: unknown) => {
      // the ledger is still marked, so that the job of abandoned orders reconciles it
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`odoo: the stock of order ${orderId} was not reconciled after a fulfillment: ${describeError(error)}`)
    })
  }
}

/**
 * Marks for reconciliation those of these orders that have a ledger, after their lines or fulfillments may have changed.
 * @returns the ids of the marked orders
 */
export async function markForReconciliation(container: MedusaContainer, orderIds: readonly string[]): Promise<string[]> {
  const ledger = ledgerOf(container)
  const moved = await ledger.reducedAmong(orderIds)
  for (const orderId of moved) {
    await ledger.markUnreconciled(orderId)
  }
  return moved
}

/** Reconciles marked orders. An order whose lock is not free, or that fails, is left to the job of abandoned orders. */
export async function reconcileOrders(container: MedusaContainer, orderIds: readonly string[]): Promise<void> {
  for (const orderId of orderIds) {
    await underOrderLock(container, orderId, () => reconcileOrderStock(container, orderId)).catch((error: unknown) => {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`odoo: the stock of order ${orderId} was not reconciled, and will be later: ${describeError(error)}`)
    })
  }
}

/** How long a ledger is marked before the job takes it over; milliseconds. No request takes as long. */
const ABANDONED_MS = 60_000

const ORDERS_AT_ONCE = 100

/** Reconciles the orders that a process had marked before it died. */
export async function reconcileAbandoned(container: MedusaContainer): Promise<void> {
  const orderIds = await ledgerOf(container).unreconciled(ABANDONED_MS, ORDERS_AT_ONCE)
  await reconcileOrders(container, await markForReconciliation(container, orderIds))
}
