import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"
import { minusQuantity, plusQuantity, timesQuantity } from "../../wire/counts"
import { emitLevelEvents, readLevels, writeLevels, type Levels } from "../stock-levels/levels"
import { later, levelKey, type StockLevel } from "../stock-levels/plan-stock"
import { underStockLock } from "../stock-levels/stock-lock"
import type { Reservation } from "../move-stock/stock-ledger"
import type { PutBack } from "../move-stock/reconcile-order-stock"
import type { LoadedOrder } from "./load-order"
import type { Parcel } from "./parcels"

/** How many pieces a fulfillment is about to take from a level, and whether the shop sells them without stock. */
type Need = { pieces: number; allowsBackorder: boolean }

function needs(order: LoadedOrder, { items, locationId, scattered }: Parcel, reservations: readonly Reservation[]): Map<string, Need> {
  const needed = new Map<string, Need>()
  for (const { id, quantity } of items) {
    const variant = order.items.find((line) => line.id === id)?.variant
    const own = reservations.filter(({ lineId, locationId: at }) => lineId === id && !(scattered.includes(id) && at !== locationId))
    for (const { itemId, locationId: at } of own) {
      const part = variant?.inventory_items?.find((each) => each?.inventory_item_id === itemId)
      const key = levelKey({ itemId, locationId: locationId ?? at })
      const before = needed.get(key)
      needed.set(key, {
        pieces: plusQuantity(before?.pieces ?? 0, timesQuantity(quantity, part?.required_quantity ?? 1)),
        allowsBackorder: variant?.allow_backorder === true || before?.allowsBackorder === true,
      })
    }
  }
  return needed
}

const itemsOf = (keys: Iterable<string>) => [...new Set([...keys].map((key) => key.split(" ")[0] ?? ""))]

/**
 * Changes the existing ones of some levels. Where nothing differs, nothing is locked or written.
 * @returns the levels before the change
 */
async function changeLevels(container: MedusaContainer, keys: readonly string[], changed: (level: StockLevel, key: string) => StockLevel) {
  const itemIds = itemsOf(keys)
  const differing = ({ stock }: Levels) =>
    new Map(
      keys.flatMap((key) => {
        const level = stock.get(key)
        const wanted = level && changed(level, key)
        const differs = wanted !== undefined && (wanted.stocked !== level?.stocked || wanted.statedAt !== level.statedAt)
        return differs ? [[key, wanted] as const] : []
      })
    )
  const present = await readLevels(container, itemIds)
  if (differing(present).size === 0) {
    return present.stock
  }
  const { stock, levelIds } = await underStockLock(container, itemIds, async () => {
    const levels = await readLevels(container, itemIds)
    return { stock: levels.stock, levelIds: await writeLevels(container, differing(levels), levels) }
  })
  await emitLevelEvents(container, levelIds)
  return stock
}

const addPieces = (container: MedusaContainer, pieces: ReadonlyMap<string, number>, sign: 1 | -1) =>
  changeLevels(container, [...pieces.keys()], (level, key) => ({ ...level, stocked: plusQuantity(level.stocked, sign * (pieces.get(key) ?? 0)) }))

/**
 * Records the time of a shipment as the latest statement about the stock, so that a late count of an earlier time, which still
 * includes the goods, is stale.
 * @param keys the keys of the levels that the goods left
 * @param shippedAt milliseconds since 1970; null where the shipment has no time
 */
export async function recordShipmentTime(container: MedusaContainer, keys: readonly string[], shippedAt: number | null): Promise<void> {
  if (shippedAt !== null) {
    await changeLevels(container, keys, (level) => ({ ...level, statedAt: later(level.statedAt, shippedAt) }))
  }
}

/**
 * How many pieces of each level leave the stock for the first time with a fulfillment. Pieces that were put back for the
 * fulfillment are deducted, also from `back`.
 */
function takenAnew(needed: ReadonlyMap<string, Need>, back: PutBack): Map<string, number> {
  const anew = new Map<string, number>()
  for (const [key, { pieces }] of needed) {
    const again = Math.max(0, Math.min(pieces, back.get(key) ?? 0))
    back.set(key, minusQuantity(back.get(key) ?? 0, again))
    anew.set(key, minusQuantity(pieces, again))
  }
  return anew
}

/** The steps that remain after a fulfillment: exactly one of the two is to be called. */
export type StockCountGuard = {
  /** after a refused fulfillment: removes the added pieces, and returns to `back` the pieces that were deducted from it */
  undo: () => Promise<void>
  /** after a fulfillment: adds the pieces that the count lacked already */
  restore: () => Promise<void>
}

/**
 * Guards a count of Odoo's that lacks the shipped goods already against taking them a second time. A count lacks the goods
 * where it is later than the shipment, and where the shop has too few of goods that it does not sell without stock.
 * Too few pieces: they are added before the fulfillment, so that the level does not become negative. They are reserved, so
 * that no more are for sale meanwhile. A later count: the pieces are added after the fulfillment, so that a process that dies
 * in between leaves too little for sale, never too much. The time of the shipment is recorded too.
 * @param shippedAt milliseconds since 1970; null where the shipment has no time
 * @param back the pieces that were put back for the fulfillment: they had left the stock before
 */
export async function guardStockCount(
  container: MedusaContainer,
  order: LoadedOrder,
  parcel: Parcel,
  reservations: readonly Reservation[],
  { shippedAt, back }: { shippedAt: number | null; back: PutBack }
): Promise<StockCountGuard> {
  const needed = needs(order, parcel, reservations)
  const anew = takenAnew(needed, back)
  const isShort = (level: StockLevel, key: string) => {
    const need = needed.get(key)
    return need !== undefined && !need.allowsBackorder && level.stocked < need.pieces
  }
  const present = await changeLevels(container, [...needed.keys()], (level, key) => ({
    ...level,
    stocked: plusQuantity(level.stocked, isShort(level, key) ? (anew.get(key) ?? 0) : 0),
    statedAt: later(level.statedAt, shippedAt),
  }))
  const [short, countedSince] = [new Map<string, number>(), new Map<string, number>()]
  for (const [key, pieces] of anew) {
    const level = present.get(key)
    if (level !== undefined && isShort(level, key)) {
      short.set(key, pieces)
    } else if (shippedAt !== null && typeof level?.onHandAt === "number" && level.onHandAt >= shippedAt) {
      countedSince.set(key, pieces)
    }
  }
  return {
    undo: async () => {
      for (const [key, { pieces }] of needed) {
        back.set(key, plusQuantity(back.get(key) ?? 0, minusQuantity(pieces, anew.get(key) ?? 0)))
      }
      await addPieces(container, short, -1)
    },
    restore: async () => {
      await addPieces(container, countedSince, 1).catch((error: unknown) => {
        // the next count corrects the level
        container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .warn(`odoo: the stock of order ${order.id} is too small after its shipment: ${describeError(error)}`)
      })
    },
  }
}
