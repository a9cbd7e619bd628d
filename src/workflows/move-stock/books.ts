import type { Movement } from "../../modules/odoo/sql/insert-movements"
import { levelKey } from "../ingest-inventory/plan-stock"

/** A line of an order, and what of the stock one piece of it takes. */
export type OrderLine = {
  id: string
  /** as it was sold */
  sku: string
  /** as its variant is called now, where that is something else */
  renamedTo: string | null
  ordered: number
  /** what Medusa's own fulfilments have taken from the stock */
  fulfilled: number
  /** whether the shop sells it although there is none */
  allowsBackorder: boolean
  parts: { itemId: string; perPiece: number }[]
}

/** Where a line's pieces are reserved. */
export type Reservation = {
  id: string
  lineId: string
  itemId: string
  locationId: string
  quantity: number
  /** whether Medusa lets it be without enough in stock */
  allowsBackorder: boolean
}

/**
 * An order's goods and where they are.
 *
 * There are two ways to say that goods have left: Odoo's reductions, and Medusa's fulfilments. They speak of the same
 * goods, in whatever order they come, so that what has left is the larger of both. Medusa's fulfilments take their
 * pieces out of the stock by themselves; what the reductions are ahead of them, we take out (`via: "reduce"`), and the
 * rest of what the reductions have said went with a fulfilment (`via: "fulfilment"`).
 */
export type Books = {
  lines: readonly OrderLine[]
  /** whether nothing more is to leave: then nothing is reserved any more either */
  isClosed: boolean
  /** what the reductions have said, summed up */
  movements: readonly Movement[]
  reservations: readonly Reservation[]
  /** the stock at an item's location, by `levelKey` */
  stock: ReadonlyMap<string, number>
  /** where Odoo has counted what is on hand since the order was placed, by `levelKey` */
  countedSince: ReadonlySet<string>
  /** where a piece leaves from that nobody has reserved; null where that can not be told */
  fallbackLocationId: string | null
}

/** The lines of an order that are of the same goods: Odoo speaks of a SKU, not of a line. */
export type Goods = readonly OrderLine[]

/** An order's lines by their goods, a SKU made of the same parts; a line of which nothing is kept in stock is of none. */
export function goodsOf(lines: readonly OrderLine[]): Goods[] {
  const goods = new Map<string, OrderLine[]>()
  for (const line of lines.filter(({ parts }) => parts.length > 0)) {
    const parts = line.parts.map(({ itemId, perPiece }) => `${itemId} ${String(perPiece)}`).sort()
    const key = JSON.stringify([line.sku.trim().toLowerCase(), ...parts])
    goods.set(key, [...(goods.get(key) ?? []), line])
  }
  return [...goods.values()]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** How many pieces of lines these entries are about: a bundle's parts have moved together. */
function piecesOf(entries: readonly Movement[]): number {
  const byItem = new Map<string, number>()
  for (const { inventory_item_id: itemId, quantity, per_piece: perPiece } of entries) {
    byItem.set(itemId, (byItem.get(itemId) ?? 0) + quantity / perPiece)
  }
  return Math.round(Math.max(0, ...byItem.values()))
}

const isOf = (goods: Goods) => (entry: Movement) => goods.some(({ id }) => id === entry.line_item_id)

/** How many pieces of goods the reductions have said. */
export const toldOf = (goods: Goods, movements: readonly Movement[]) => piecesOf(movements.filter(isOf(goods)))

/** How many pieces of a line we have taken out of the stock ourselves. */
export const takenOf = ({ id }: OrderLine, movements: readonly Movement[]) =>
  piecesOf(movements.filter((entry) => entry.line_item_id === id && entry.via === "reduce"))

/**
 * Of which lines we are to have taken how many pieces: as it is now, as far as that fits. What has left of a line that
 * was made smaller afterwards stays with it.
 */
function spread(goods: Goods, target: number, room: (line: OrderLine) => number, movements: readonly Movement[]): Map<string, number> {
  const wanted = new Map(goods.map((line) => [line.id, Math.min(takenOf(line, movements), room(line))]))
  let rest = target - sum([...wanted.values()])
  const upTo = (most: (line: OrderLine) => number) => {
    for (const line of goods) {
      const present = wanted.get(line.id) ?? 0
      const change = rest > 0 ? Math.min(rest, Math.max(0, most(line) - present)) : Math.max(rest, -present)
      wanted.set(line.id, present + change)
      rest -= change
    }
  }
  upTo(room)
  upTo((line) => takenOf(line, movements))
  return wanted
}

/** Where the most of an item is; undefined where it is nowhere. */
export function fullestLocation(stock: ReadonlyMap<string, number>, itemId: string): string | undefined {
  const own = [...stock].filter(([key]) => key.startsWith(`${itemId} `))
  const [fullest] = own.sort(([, one], [, other]) => other - one)
  return fullest?.[0].split(" ")[1]
}

/**
 * Takes pieces of a line: from where they are reserved, else from the location of last resort.
 * @param anywhere whether they have left for certain, so that a guess where from is better than none
 * @returns undefined when neither is there
 */
function take({ reservations, stock, ...books }: Books, line: OrderLine, pieces: number, anywhere: boolean): Movement[] | undefined {
  const entries: Movement[] = []
  for (const { itemId, perPiece } of line.parts) {
    let rest = pieces * perPiece
    const enter = (locationId: string, quantity: number) => {
      entries.push({
        line_item_id: line.id,
        inventory_item_id: itemId,
        location_id: locationId,
        quantity,
        per_piece: perPiece,
        via: "reduce",
      })
      rest -= quantity
    }
    for (const reservation of reservations.filter((each) => each.lineId === line.id && each.itemId === itemId)) {
      const quantity = Math.min(rest, reservation.quantity)
      if (quantity > 0) {
        enter(reservation.locationId, quantity)
      }
    }
    if (rest > 0) {
      const locationId = books.fallbackLocationId ?? (anywhere ? fullestLocation(stock, itemId) : undefined)
      if (locationId === undefined) {
        return undefined
      }
      enter(locationId, rest)
    }
  }
  return entries
}

/** Gives pieces of a line back to where they were taken. */
function giveBack(movements: readonly Movement[], line: OrderLine, pieces: number): Movement[] {
  const rest = new Map<string, number>()
  return movements.flatMap((entry) => {
    if (entry.line_item_id !== line.id || entry.via !== "reduce" || entry.quantity <= 0) {
      return []
    }
    const open = rest.get(entry.inventory_item_id) ?? pieces * entry.per_piece
    const quantity = Math.min(open, entry.quantity)
    rest.set(entry.inventory_item_id, open - quantity)
    return quantity === 0 ? [] : { ...entry, quantity: -quantity }
  })
}

/**
 * Works out what has to move so that goods have left the stock once.
 * @param change.told how many pieces more the reductions say
 * @param change.planned how many pieces of which line a fulfilment is about to take; line item ids are the keys
 * @param change.anywhere whether the pieces have left for certain, wherever from
 * @returns the entries for the books, and how many pieces more we take (fewer than none: give back); undefined where
 *   pieces are to be taken and nobody can tell from where
 */
export function entriesFor(
  books: Books,
  goods: Goods,
  change: { told?: number; planned?: ReadonlyMap<string, number>; anywhere?: boolean }
): { entries: Movement[]; taken: number } | undefined {
  const { told = 0, planned = new Map<string, number>(), anywhere = false } = change
  const fulfilledOf = (line: OrderLine) => line.fulfilled + (planned.get(line.id) ?? 0)
  const target = Math.max(0, toldOf(goods, books.movements) + told - sum(goods.map(fulfilledOf)))
  const wanted = spread(goods, target, (line) => Math.max(0, line.ordered - fulfilledOf(line)), books.movements)
  const entries: Movement[] = []
  let taken = 0
  for (const line of goods) {
    const pieces = (wanted.get(line.id) ?? 0) - takenOf(line, books.movements)
    const moved = pieces > 0 ? take(books, line, pieces, anywhere) : giveBack(books.movements, line, -pieces)
    if (moved === undefined) {
      return undefined
    }
    entries.push(...moved)
    taken += pieces
  }
  const [line] = goods
  const withFulfilments = told - taken
  if (line !== undefined && withFulfilments !== 0) {
    const about = { line_item_id: line.id, location_id: null, via: "fulfilment" as const }
    entries.push(
      ...line.parts.map(({ itemId, perPiece }) => ({
        ...about,
        inventory_item_id: itemId,
        quantity: withFulfilments * perPiece,
        per_piece: perPiece,
      }))
    )
  }
  return { entries, taken }
}

/** The key of the level that an entry changes; undefined for one that changes none. */
export const levelOf = ({ inventory_item_id: itemId, location_id: locationId }: Movement) =>
  locationId === null ? undefined : levelKey({ itemId, locationId })

/** The books after entries were made: what has left is in stock no more, nor reserved. */
export function enter(books: Books, entries: readonly Movement[]): Books {
  const stock = new Map(books.stock)
  const reservations = books.reservations.map((reservation) => ({ ...reservation }))
  for (const entry of entries) {
    const key = levelOf(entry)
    if (key === undefined) {
      continue
    }
    stock.set(key, (stock.get(key) ?? 0) - entry.quantity)
    const reservation = reservations.find(
      ({ lineId, itemId, locationId, quantity }) =>
        lineId === entry.line_item_id && itemId === entry.inventory_item_id && locationId === entry.location_id && quantity > 0
    )
    if (reservation !== undefined) {
      reservation.quantity -= Math.max(0, entry.quantity)
    }
  }
  return { ...books, movements: [...books.movements, ...entries], stock, reservations }
}
