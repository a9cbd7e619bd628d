import type { Movement } from "../../modules/odoo/stock-types"
import { addQuantities, minusQuantity, plusQuantity } from "../../wire/counts"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import { levelKey } from "../stock-levels/plan-stock"
import { applyEntries, planEntries, fullestLocation, itemOfLine, levelOf, orderedOf, reportedOf, type StockLedger, type Goods } from "./stock-ledger"

/** Plans entries for pieces of goods, as far as they were ordered and not reported before. */
function planReported(ledger: StockLedger, found: readonly Goods[], quantity: number) {
  let after: StockLedger | undefined = ledger
  const entries: Movement[] = []
  let [rest, reported, taken] = [quantity, 0, 0]
  for (const goods of found) {
    const pieces = Math.max(0, Math.min(rest, minusQuantity(orderedOf(goods), reportedOf(goods, ledger.movements))))
    if (pieces > 0 && after !== undefined) {
      const moved = planEntries(after, goods, { reported: pieces })
      after = moved && applyEntries(after, moved.entries)
      entries.push(...(moved?.entries ?? []))
      taken = plusQuantity(taken, moved?.taken ?? 0)
      reported = plusQuantity(reported, pieces)
      rest = minusQuantity(rest, pieces)
    }
  }
  return { after, entries, reported, taken, surplus: rest }
}

/**
 * The pieces that are taken from levels with too little stock, by the key of the level. Goods that the shop sells without
 * stock are never too few.
 */
function shortOf(after: StockLedger, entries: readonly Movement[]): Map<string, number> {
  const short = new Map<string, number>()
  for (const entry of entries) {
    const key = levelOf(entry)
    const line = after.lines.find(({ id }) => id === entry.line_item_id)
    if (key !== undefined && entry.quantity > 0 && line?.allowsBackorder !== true && (after.stock.get(key) ?? 0) < 0) {
      short.set(key, plusQuantity(short.get(key) ?? 0, entry.quantity))
    }
  }
  return short
}

const restocked = (ledger: StockLedger, pieces: ReadonlyMap<string, number>): StockLedger => ({
  ...ledger,
  stock: new Map([...ledger.stock].map(([key, stocked]) => [key, plusQuantity(stocked, pieces.get(key) ?? 0)])),
})

/** The location from which pieces of an item left before; undefined where none have left, or it is not known. */
function locationLeft({ movements, leftFrom }: StockLedger, lineIds: readonly string[], itemId: string): string | undefined {
  const taken = movements.findLast(
    (entry) => lineIds.includes(entry.line_item_id) && entry.inventory_item_id === itemId && entry.location_id !== null && entry.quantity > 0
  )
  return taken?.location_id ?? lineIds.flatMap((id) => leftFrom.get(itemOfLine(id, itemId)) ?? [])[0]
}

/**
 * The level that the outcome of an item shows. Goods may lie at several locations: the first one that pieces are taken from,
 * else the one that pieces left before, else the one of a reservation.
 */
export function levelShown(ledger: StockLedger, found: readonly Goods[], itemId: string, entries: readonly Movement[]): string {
  const lineIds = found.flatMap((goods) => goods.map(({ id }) => id))
  const giving = entries.find((entry) => entry.inventory_item_id === itemId && entry.location_id !== null)
  const reserved = ledger.reservations.find((reservation) => lineIds.includes(reservation.lineId) && reservation.itemId === itemId)
  const locationId =
    giving?.location_id ??
    locationLeft(ledger, lineIds, itemId) ??
    reserved?.locationId ??
    ledger.fallbackLocationId ??
    fullestLocation(ledger.stock, itemId) ??
    ""
  return levelKey({ itemId, locationId })
}

/** The plan of a reduction of goods: the ledger after it, its entries, and the pieces that the stock lacked already. */
export type Reduced = {
  ledger: StockLedger
  entries: Movement[]
  missing: ReadonlyMap<string, number>
  status: ReduceOutcome["status"]
  /** how many pieces of lines leave the stock, including those that it lacked already */
  taken: number
  /** how many pieces were reported beyond the open ones, or, by a repeat, beyond the ordered ones */
  surplus: number
}

/**
 * Plans the reduction of goods by a number of pieces: all open ones among them or none. Where Odoo has counted the stock since
 * the sale and there are too few pieces, the count lacks them already: the stock stays.
 */
export function reduceGoods(ledger: StockLedger, found: readonly Goods[], quantity: number): Reduced {
  const nothing = (status: ReduceOutcome["status"]): Reduced => ({ ledger, entries: [], missing: new Map(), status, taken: 0, surplus: 0 })
  const { after, entries, reported, taken, surplus } = planReported(ledger, found, quantity)
  if (reported === 0) {
    const beyond = Math.max(0, minusQuantity(quantity, addQuantities(found.map(orderedOf))))
    return { ...nothing(quantity === 0 ? "reduced" : "already_reduced"), surplus: beyond }
  }
  const missing = after === undefined ? new Map<string, number>() : shortOf(after, entries)
  // only a count that came after the sale can lack the goods already; any other stock is insufficient
  if (after === undefined || [...missing.keys()].some((key) => !ledger.countedSince.has(key))) {
    return { ...nothing("insufficient_stock"), entries }
  }
  return {
    ledger: restocked(after, missing),
    entries,
    missing,
    status: taken > 0 ? "reduced" : "already_reduced",
    taken: Math.max(0, taken),
    surplus,
  }
}
