import type { Movement } from "../../modules/odoo/sql/insert-movements"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { linesOfSku } from "../change-order/lines-of-sku"
import { levelKey } from "../ingest-inventory/plan-stock"
import { enter, entriesFor, goodsOf, levelOf, toldOf, type Books, type Goods, type OrderLine } from "./books"

const linesOf = (sku: string, lines: readonly OrderLine[]): OrderLine[] =>
  linesOfSku(lines, sku, (line) => ({ sold: line.sku, present: line.renamedTo }))

const orderedOf = (goods: Goods) => goods.reduce((sum, line) => sum + line.ordered, 0)

/** Enters so many pieces of the goods of a SKU, as far as they were ordered and not said before. */
function tell(books: Books, found: readonly Goods[], quantity: number) {
  let after: Books | undefined = books
  const entries: Movement[] = []
  let [rest, told, taken] = [quantity, 0, 0]
  for (const goods of found) {
    const pieces = Math.max(0, Math.min(rest, orderedOf(goods) - toldOf(goods, books.movements)))
    if (pieces > 0 && after !== undefined) {
      const moved = entriesFor(after, goods, { told: pieces })
      after = moved && enter(after, moved.entries)
      entries.push(...(moved?.entries ?? []))
      taken += moved?.taken ?? 0
      told += pieces
      rest -= pieces
    }
  }
  return { after, entries, told, taken }
}

/**
 * What is taken from where there is not as much, by the key of the level. Where the shop sells what it has not, there is
 * always as much.
 */
function shortOf(after: Books, entries: readonly Movement[]): Map<string, number> {
  const short = new Map<string, number>()
  for (const entry of entries) {
    const key = levelOf(entry)
    const line = after.lines.find(({ id }) => id === entry.line_item_id)
    if (key !== undefined && entry.quantity > 0 && line?.allowsBackorder !== true && (after.stock.get(key) ?? 0) < 0) {
      short.set(key, (short.get(key) ?? 0) + entry.quantity)
    }
  }
  return short
}

const restocked = (books: Books, pieces: ReadonlyMap<string, number>): Books => ({
  ...books,
  stock: new Map([...books.stock].map(([key, stocked]) => [key, stocked + (pieces.get(key) ?? 0)])),
})

/** What becomes of an item, the books after it, the entries for them, and what the stock was without already. */
type Reduced = { books: Books; entries: Movement[]; missing: ReadonlyMap<string, number>; outcome: ReduceOutcome }

function reduceItem(books: Books, { sku, quantity }: ReduceItem): Reduced {
  const nothing = (outcome: ReduceOutcome): Reduced => ({ books, entries: [], missing: new Map(), outcome })
  const lines = linesOf(sku, books.lines)
  const found = goodsOf(lines)
  const part = found[0]?.[0]?.parts[0]
  if (part === undefined) {
    // of goods whose stock is not kept there is nothing to take, now or later
    const status = lines.length > 0 ? "already_reduced" : "not_found"
    return nothing({ sku, status, previous_quantity: null, new_quantity: null, reduced_by: 0 })
  }
  const { itemId, perPiece } = part
  const { after, entries, told, taken } = tell(books, found, quantity)
  // goods may lie in several places: what is shown is the first that gives something
  const giving = entries.find((entry) => entry.inventory_item_id === itemId && entry.location_id !== null)
  const reserved = books.reservations.find((reservation) => reservation.itemId === itemId)
  const locationId = giving?.location_id ?? reserved?.locationId ?? books.fallbackLocationId ?? ""
  const shown = levelKey({ itemId, locationId })
  const previous = books.stock.get(shown) ?? 0
  const unmoved = { sku, previous_quantity: previous, new_quantity: previous, reduced_by: 0 }
  if (told === 0) {
    return nothing({ ...unmoved, status: quantity === 0 ? "reduced" : "already_reduced" })
  }
  const missing = after === undefined ? new Map<string, number>() : shortOf(after, entries)
  // a count that came after the sale and is too small for it is without what has left; nobody knows that of any other stock
  if (after === undefined || [...missing.keys()].some((key) => !books.countedSince.has(key))) {
    return nothing({ ...unmoved, status: "insufficient_stock" })
  }
  const left = restocked(after, missing)
  const without = Math.min(Math.max(0, taken), Math.floor((missing.get(shown) ?? 0) / perPiece))
  const outcome: ReduceOutcome = {
    ...unmoved,
    status: taken > 0 ? "reduced" : "already_reduced",
    new_quantity: left.stock.get(shown) ?? 0,
    reduced_by: Math.max(0, taken) - without,
    ...(without > 0 ? { counted_without: without } : {}),
  }
  return { books: left, entries, missing, outcome }
}

/**
 * Works out, without writing, what a reduction takes from where. What has left with a fulfilment does not leave again,
 * and never more than was ordered. An item of the reduction is taken whole, as far as it is open, or not at all. Where
 * Odoo has counted since the sale and there is not as much, its count is without the goods already: the stock stays.
 * @returns an outcome for each item, in their order, the entries for the books, and what the stock was without already, by
 *   the keys of its levels
 */
export function planReduction(books: Books, items: readonly ReduceItem[]) {
  const outcomes: ReduceOutcome[] = []
  const entries: Movement[] = []
  const missing = new Map<string, number>()
  let present = books
  for (const item of items) {
    const reduced = reduceItem(present, item)
    present = reduced.books
    outcomes.push(reduced.outcome)
    entries.push(...reduced.entries)
    reduced.missing.forEach((pieces, key) => missing.set(key, (missing.get(key) ?? 0) + pieces))
  }
  return { outcomes, entries, missing }
}
