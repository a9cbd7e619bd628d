import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"
import { emitLevelEvents, readLevels, writeLevels, type Levels } from "../ingest-inventory/levels"
import { later, levelKey, type StockLevel } from "../ingest-inventory/plan-stock"
import { underStockLock } from "../ingest-inventory/stock-lock"
import type { Reservation } from "../move-stock/books"
import type { PutBack } from "../move-stock/settle-order"
import type { OrderState } from "./order-state"
import type { Parcel } from "./parcels"

/** How many pieces a fulfilment is about to take from a level, and whether the shop sells them without having them. */
type Need = { pieces: number; allowsBackorder: boolean }

function needs(order: OrderState, { items, locationId, scattered }: Parcel, reservations: readonly Reservation[]): Map<string, Need> {
  const needed = new Map<string, Need>()
  for (const { id, quantity } of items) {
    const variant = order.items.find((line) => line.id === id)?.variant
    const own = reservations.filter(({ lineId, locationId: at }) => lineId === id && !(scattered.includes(id) && at !== locationId))
    for (const { itemId, locationId: at } of own) {
      const part = variant?.inventory_items?.find((each) => each?.inventory_item_id === itemId)
      const key = levelKey({ itemId, locationId: locationId ?? at })
      const before = needed.get(key)
      needed.set(key, {
        pieces: (before?.pieces ?? 0) + quantity * (part?.required_quantity ?? 1),
        allowsBackorder: variant?.allow_backorder === true || before?.allowsBackorder === true,
      })
    }
  }
  return needed
}

const itemsOf = (keys: Iterable<string>) => [...new Set([...keys].map((key) => key.split(" ")[0] ?? ""))]

/**
 * Changes those of some levels that are there; nothing is written where nothing differs.
 * @returns the levels as they were
 */
async function change(container: MedusaContainer, keys: readonly string[], changed: (level: StockLevel, key: string) => StockLevel) {
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

const add = (container: MedusaContainer, pieces: ReadonlyMap<string, number>, sign: 1 | -1) =>
  change(container, [...pieces.keys()], (level, key) => ({ ...level, stocked: level.stocked + sign * (pieces.get(key) ?? 0) }))

/**
 * Notes a shipment as a statement of its time about the stock, so that an older count, which has the goods in it, is stale
 * when it comes late.
 * @param keys the levels that the goods left, by `levelKey`
 * @param shippedAt milliseconds since 1970; null where the shipment says no time
 */
export async function noteShipment(container: MedusaContainer, keys: readonly string[], shippedAt: number | null): Promise<void> {
  if (shippedAt !== null) {
    await change(container, keys, (level) => ({ ...level, statedAt: later(level.statedAt, shippedAt) }))
  }
}

/** What of each level a fulfilment takes for the first time; `back` loses what it takes of what was put back for it. */
function takenAnew(needed: ReadonlyMap<string, Need>, back: PutBack): Map<string, number> {
  const anew = new Map<string, number>()
  for (const [key, { pieces }] of needed) {
    const again = Math.max(0, Math.min(pieces, back.get(key) ?? 0))
    back.set(key, (back.get(key) ?? 0) - again)
    anew.set(key, pieces - again)
  }
  return anew
}

/** What is left to do after a fulfilment. */
export type Kept = {
  /** takes away again what was added for a fulfilment that was refused, and leaves what was put back to the next */
  undo: () => Promise<void>
  /** puts back, after one that was made, what the count is without already */
  restore: () => Promise<void>
}

/**
 * Has a stock stay as Odoo has counted it where its count is without the goods that it says were shipped: they would be
 * taken twice. That is so where the count is of a later time than the shipment, and where the shop has fewer than were
 * shipped of what it does not sell without having it. In the latter case they are added before the fulfilment, which would
 * leave less than none; they are reserved, so that nothing more is for sale meanwhile. In the former they come back after
 * it, so that a process that dies over it leaves too little for sale, never too much. The shipment's time is noted.
 * @param shippedAt milliseconds since 1970; null where the shipment says no time
 * @param back what was put back for the fulfilment: that had left before, and is not taken twice
 */
export async function keepCount(
  container: MedusaContainer,
  order: OrderState,
  parcel: Parcel,
  reservations: readonly Reservation[],
  { shippedAt, back }: { shippedAt: number | null; back: PutBack }
): Promise<Kept> {
  const needed = needs(order, parcel, reservations)
  const anew = takenAnew(needed, back)
  const isShort = (level: StockLevel, key: string) => {
    const need = needed.get(key)
    return need !== undefined && !need.allowsBackorder && level.stocked < need.pieces
  }
  const present = await change(container, [...needed.keys()], (level, key) => ({
    ...level,
    stocked: level.stocked + (isShort(level, key) ? (anew.get(key) ?? 0) : 0),
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
        back.set(key, (back.get(key) ?? 0) + pieces - (anew.get(key) ?? 0))
      }
      await add(container, short, -1)
    },
    restore: async () => {
      await add(container, countedSince, 1).catch((error: unknown) => {
        // the next count mends it
        container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .warn(`odoo: the stock of order ${order.id} is too small after its shipment: ${describeError(error)}`)
      })
    },
  }
}
