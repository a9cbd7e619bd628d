import type { MedusaContainer } from "@medusajs/framework/types"

import { emitLevelEvents, readLevels, writeLevels, type Levels } from "../ingest-inventory/levels"
import { levelKey } from "../ingest-inventory/plan-stock"
import { underStockLock } from "../ingest-inventory/stock-lock"
import type { Reservation } from "../move-stock/books"
import type { OrderState } from "./order-state"
import type { Parcel } from "./parcels"

/** How many pieces a fulfilment is about to take from each level; of goods that the shop sells without having them, none. */
function needs(order: OrderState, { items, locationId, scattered }: Parcel, reservations: readonly Reservation[]): Map<string, number> {
  const needed = new Map<string, number>()
  for (const { id, quantity } of items) {
    const variant = order.items.find((line) => line.id === id)?.variant
    const own = reservations.filter(
      ({ lineId, locationId: at }) => lineId === id && !(scattered.includes(id) && at !== locationId) && variant?.allow_backorder !== true
    )
    for (const { itemId, locationId: at } of own) {
      const part = variant?.inventory_items?.find((each) => each?.inventory_item_id === itemId)
      const key = levelKey({ itemId, locationId: locationId ?? at })
      needed.set(key, (needed.get(key) ?? 0) + quantity * (part?.required_quantity ?? 1))
    }
  }
  return needed
}

const itemsOf = (keys: Iterable<string>) => [...new Set([...keys].map((key) => key.split(" ")[0] ?? ""))]

/** Adds pieces to levels; `pieces` tells how many by their keys. */
async function add(container: MedusaContainer, itemIds: readonly string[], pieces: (levels: Levels) => Map<string, number>) {
  const { added, levelIds } = await underStockLock(container, itemIds, async () => {
    const levels = await readLevels(container, itemIds)
    const wanted = pieces(levels)
    const changed = [...wanted].flatMap(([key, quantity]) => {
      const level = levels.stock.get(key)
      return level === undefined ? [] : [[key, { ...level, stocked: level.stocked + quantity }] as const]
    })
    return { added: wanted, levelIds: await writeLevels(container, new Map(changed), levels) }
  })
  await emitLevelEvents(container, levelIds)
  return added
}

/**
 * Has goods in stock that Odoo says were shipped. Where there are fewer than it says, its own count has come first and
 * is without them already: they would be taken twice, and the stock be less than none. They are reserved, so that
 * nothing more is for sale meanwhile.
 * @returns takes away again what was added, for a fulfilment that was refused
 */
export async function coverShortage(
  container: MedusaContainer,
  order: OrderState,
  parcel: Parcel,
  reservations: readonly Reservation[]
): Promise<() => Promise<void>> {
  const needed = needs(order, parcel, reservations)
  const itemIds = itemsOf(needed.keys())
  const missing = ({ stock }: Levels) =>
    new Map(
      [...needed].flatMap(([key, quantity]) => {
        const shortage = quantity - (stock.get(key)?.stocked ?? quantity)
        return shortage > 0 ? [[key, shortage] as const] : []
      })
    )
  if (missing(await readLevels(container, itemIds)).size === 0) {
    return () => Promise.resolve()
  }
  const added = await add(container, itemIds, missing)
  return async () => {
    await add(container, itemIds, () => new Map([...added].map(([key, quantity]) => [key, -quantity])))
  }
}
