import { BigNumber } from "bignumber.js"

import type { Movement } from "../../modules/odoo/stock-types"
import { addQuantities, minusQuantity, plusQuantity, timesQuantity } from "../../wire/counts"
import { levelKey } from "../stock-levels/plan-stock"

/** A line of an order, with the stock items that one piece of the line takes. */
export type OrderLine = {
  id: string
  /** the SKU under which the line was sold */
  sku: string
  /** the SKU of the variant now; null where it is still the same */
  renamedTo: string | null
  ordered: number
  /** how many pieces Medusa's own fulfillments have taken out of the stock */
  fulfilled: number
  /** whether the shop sells the variant without having it in stock */
  allowsBackorder: boolean
  /** the stock items of one piece, with their own SKUs */
  parts: { itemId: string; perPiece: number; sku?: string | null }[]
}

/** Pieces of a stock item that are reserved for a line at a location. */
export type Reservation = {
  id: string
  lineId: string
  itemId: string
  locationId: string
  quantity: number
  /** whether Medusa accepts the reservation when there is not enough in stock */
  allowsBackorder: boolean
}

/**
 * The stock ledger of an order: its lines, the pieces that have left the stock, and the stock that is left.
 *
 * Two sources report that goods have left: Odoo's reductions and Medusa's fulfillments. Both report the same goods, in any
 * order, so the number of pieces that have left is the larger of the two. A fulfillment takes its pieces out of the stock by
 * itself. Where the reductions report more than the fulfillments, the plugin takes out the difference (`via: "reduce"`). The
 * other reported pieces left the stock with a fulfillment (`via: "fulfilment"`).
 */
export type StockLedger = {
  lines: readonly OrderLine[]
  /** whether nothing more of the order may leave the stock; then nothing stays reserved for it either */
  isClosed: boolean
  /** the entries for what reductions have reported, added up */
  movements: readonly Movement[]
  reservations: readonly Reservation[]
  /** the stock of an item at a location, by `levelKey` */
  stock: ReadonlyMap<string, number>
  /** where Odoo has counted what is on hand since the order was placed, by `levelKey` */
  countedSince: ReadonlySet<string>
  /** the location from which a fulfillment took the pieces of an item last, by `itemOfLine` */
  leftFrom: ReadonlyMap<string, string>
  /** the location from which pieces without a reservation leave; null where there is no such location */
  fallbackLocationId: string | null
}

/** The key of a stock item within a line. */
export const itemOfLine = (lineId: string, itemId: string) => `${lineId} ${itemId}`

/** The lines of an order that hold the same goods. Odoo names a SKU and not a line. */
export type Goods = readonly OrderLine[]

/** Groups the lines of an order by SKU and stock items. A line without stock items is in no group. */
export function goodsOf(lines: readonly OrderLine[]): Goods[] {
  const goods = new Map<string, OrderLine[]>()
  for (const line of lines.filter(({ parts }) => parts.length > 0)) {
    const parts = line.parts.map(({ itemId, perPiece }) => `${itemId} ${String(perPiece)}`).sort()
    const key = JSON.stringify([line.sku.trim().toLowerCase(), ...parts])
    goods.set(key, [...(goods.get(key) ?? []), line])
  }
  return [...goods.values()]
}

/** How many pieces of lines these entries stand for. The parts of a bundle have moved together, so they count once. */
function piecesOf(entries: readonly Movement[]): number {
  const byItem = new Map<string, BigNumber>()
  for (const { inventory_item_id: itemId, quantity, per_piece: perPiece } of entries) {
    byItem.set(itemId, new BigNumber(quantity).dividedBy(perPiece).plus(byItem.get(itemId) ?? 0))
  }
  // thirds that make a whole are one again as a number
  return Math.max(0, ...[...byItem.values()].map((pieces) => pieces.toNumber()))
}

/** How many pieces of goods were ordered. */
export const orderedOf = (goods: Goods) => addQuantities(goods.map(({ ordered }) => ordered))

const isOf = (goods: Goods) => (entry: Movement) => goods.some(({ id }) => id === entry.line_item_id)

/** How many pieces of goods the reductions have reported. */
export const reportedOf = (goods: Goods, movements: readonly Movement[]) => piecesOf(movements.filter(isOf(goods)))

/** How many pieces of a line the plugin itself has taken out of the stock. */
export const takenOf = ({ id }: OrderLine, movements: readonly Movement[]) =>
  piecesOf(movements.filter((entry) => entry.line_item_id === id && entry.via === "reduce"))

/**
 * Distributes the pieces that the plugin has to take over the lines of the same goods. A line keeps the pieces that were
 * taken of it before, as far as they fit. A line that was made smaller afterwards also keeps them.
 */
function distribute(goods: Goods, target: number, room: (line: OrderLine) => number, movements: readonly Movement[]): Map<string, number> {
  const wanted = new Map(goods.map((line) => [line.id, Math.min(takenOf(line, movements), room(line))]))
  let rest = minusQuantity(target, addQuantities([...wanted.values()]))
  const upTo = (most: (line: OrderLine) => number) => {
    for (const line of goods) {
      const present = wanted.get(line.id) ?? 0
      const change = rest > 0 ? Math.min(rest, Math.max(0, minusQuantity(most(line), present))) : Math.max(rest, -present)
      wanted.set(line.id, plusQuantity(present, change))
      rest = minusQuantity(rest, change)
    }
  }
  upTo(room)
  upTo((line) => takenOf(line, movements))
  return wanted
}

/** The location with the largest stock of an item; undefined where the item has no level. */
export function fullestLocation(stock: ReadonlyMap<string, number>, itemId: string): string | undefined {
  const own = [...stock].filter(([key]) => key.startsWith(`${itemId} `))
  const [fullest] = own.sort(([, one], [, other]) => other - one)
  return fullest?.[0].split(" ")[1]
}

/**
 * Plans to take pieces of a line: from the locations of its reservations first, then from the fallback location.
 * @param anywhere whether the pieces have left for certain; then the location with the largest stock is the last resort
 * @returns undefined where there is no location to take them from
 */
function takePieces({ reservations, stock, ...ledger }: StockLedger, line: OrderLine, pieces: number, anywhere: boolean): Movement[] | undefined {
  const entries: Movement[] = []
  for (const { itemId, perPiece } of line.parts) {
    let rest = timesQuantity(pieces, perPiece)
    const addEntry = (locationId: string, quantity: number) => {
      entries.push({
        line_item_id: line.id,
        inventory_item_id: itemId,
        location_id: locationId,
        quantity,
        per_piece: perPiece,
        via: "reduce",
      })
      rest = minusQuantity(rest, quantity)
    }
    for (const reservation of reservations.filter((each) => each.lineId === line.id && each.itemId === itemId)) {
      const quantity = Math.min(rest, reservation.quantity)
      if (quantity > 0) {
        addEntry(reservation.locationId, quantity)
      }
    }
    if (rest > 0) {
      const locationId = ledger.fallbackLocationId ?? (anywhere ? fullestLocation(stock, itemId) : undefined)
      if (locationId === undefined) {
        return undefined
      }
      addEntry(locationId, rest)
    }
  }
  return entries
}

/** Plans to return pieces of a line to the locations from which they were taken. */
function returnPieces(movements: readonly Movement[], line: OrderLine, pieces: number): Movement[] {
  const rest = new Map<string, number>()
  return movements.flatMap((entry) => {
    if (entry.line_item_id !== line.id || entry.via !== "reduce" || entry.quantity <= 0) {
      return []
    }
    const open = rest.get(entry.inventory_item_id) ?? timesQuantity(pieces, entry.per_piece)
    const quantity = Math.min(open, entry.quantity)
    rest.set(entry.inventory_item_id, minusQuantity(open, quantity))
    return quantity === 0 ? [] : { ...entry, quantity: -quantity }
  })
}

/**
 * Plans the entries that make goods leave the stock exactly once.
 * @param change.reported how many further pieces a reduction reports
 * @param change.planned how many pieces of each line a fulfillment is about to take, by line item id
 * @param change.anywhere whether the pieces have left for certain, from whichever location
 * @returns the entries for the ledger, and how many further pieces the plugin takes (negative: returns); undefined where
 *   there is no location to take pieces from
 */
export function planEntries(
  ledger: StockLedger,
  goods: Goods,
  change: { reported?: number; planned?: ReadonlyMap<string, number>; anywhere?: boolean }
): { entries: Movement[]; taken: number } | undefined {
  const { reported = 0, planned = new Map<string, number>(), anywhere = false } = change
  const fulfilledOf = (line: OrderLine) => plusQuantity(line.fulfilled, planned.get(line.id) ?? 0)
  const reportedByNow = plusQuantity(reportedOf(goods, ledger.movements), reported)
  const target = Math.max(0, minusQuantity(reportedByNow, addQuantities(goods.map(fulfilledOf))))
  const wanted = distribute(goods, target, (line) => Math.max(0, minusQuantity(line.ordered, fulfilledOf(line))), ledger.movements)
  const entries: Movement[] = []
  let taken = 0
  for (const line of goods) {
    const pieces = minusQuantity(wanted.get(line.id) ?? 0, takenOf(line, ledger.movements))
    const moved = pieces > 0 ? takePieces(ledger, line, pieces, anywhere) : returnPieces(ledger.movements, line, -pieces)
    if (moved === undefined) {
      return undefined
    }
    entries.push(...moved)
    taken = plusQuantity(taken, pieces)
  }
  const [line] = goods
  const withFulfillments = minusQuantity(reported, taken)
  if (line !== undefined && withFulfillments !== 0) {
    const about = { line_item_id: line.id, location_id: null, via: "fulfilment" as const }
    entries.push(
      ...line.parts.map(({ itemId, perPiece }) => ({
        ...about,
        inventory_item_id: itemId,
        quantity: timesQuantity(withFulfillments, perPiece),
        per_piece: perPiece,
      }))
    )
  }
  return { entries, taken }
}

/** The key of the level that an entry changes; undefined for an entry without a location, which changes no level. */
export const levelOf = ({ inventory_item_id: itemId, location_id: locationId }: Movement) =>
  locationId === null ? undefined : levelKey({ itemId, locationId })

/** The ledger after some entries: the pieces that have left are no longer in stock, nor reserved. */
export function applyEntries(ledger: StockLedger, entries: readonly Movement[]): StockLedger {
  const stock = new Map(ledger.stock)
  const reservations = ledger.reservations.map((reservation) => ({ ...reservation }))
  for (const entry of entries) {
    const key = levelOf(entry)
    if (key === undefined) {
      continue
    }
    stock.set(key, minusQuantity(stock.get(key) ?? 0, entry.quantity))
    const reservation = reservations.find(
      ({ lineId, itemId, locationId, quantity }) =>
        lineId === entry.line_item_id && itemId === entry.inventory_item_id && locationId === entry.location_id && quantity > 0
    )
    if (reservation !== undefined) {
      reservation.quantity = minusQuantity(reservation.quantity, Math.max(0, entry.quantity))
    }
  }
  return { ...ledger, movements: [...ledger.movements, ...entries], stock, reservations }
}
