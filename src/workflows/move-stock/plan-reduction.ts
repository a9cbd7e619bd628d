import type { Movement } from "../../modules/odoo/sql/insert-movements"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { levelKey } from "../ingest-inventory/plan-stock"
import { enter, entriesFor, goodsOf, levelOf, toldOf, type Books, type Goods, type OrderLine } from "./books"

const sameSku = (one: string, other: string) => one.trim().toLowerCase() === other.toLowerCase()

/** The lines of a SKU: as it is written where there are any, else whatever its case. */
function linesOf(sku: string, lines: readonly OrderLine[]): OrderLine[] {
  const exact = lines.filter((line) => line.sku === sku)
  return exact.length > 0 ? exact : lines.filter((line) => sameSku(line.sku, sku))
}

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

/** Whether the stock has what is taken from it: where the shop sells what it has not, that may be more than there is. */
function isInStock(after: Books, entries: readonly Movement[]): boolean {
  return entries.every((entry) => {
    const key = levelOf(entry)
    const line = after.lines.find(({ id }) => id === entry.line_item_id)
    return key === undefined || entry.quantity <= 0 || line?.allowsBackorder === true || (after.stock.get(key) ?? 0) >= 0
  })
}

function reduceItem(books: Books, { sku, quantity }: ReduceItem): { books: Books; entries: Movement[]; outcome: ReduceOutcome } {
  const found = goodsOf(linesOf(sku, books.lines))
  const itemId = found[0]?.[0]?.parts[0]?.itemId
  if (itemId === undefined) {
    const outcome = { sku, status: "not_found" as const, previous_quantity: null, new_quantity: null, reduced_by: 0 }
    return { books, entries: [], outcome }
  }
  const { after, entries, told, taken } = tell(books, found, quantity)
  // goods may lie in several places: what is shown is the first that gives something
  const giving = entries.find((entry) => entry.inventory_item_id === itemId && entry.location_id !== null)
  const reserved = books.reservations.find((reservation) => reservation.itemId === itemId)
  const locationId = giving?.location_id ?? reserved?.locationId ?? books.fallbackLocationId ?? ""
  const shown = levelKey({ itemId, locationId })
  const previous = books.stock.get(shown) ?? 0
  const unmoved = { sku, previous_quantity: previous, new_quantity: previous, reduced_by: 0 }
  if (told === 0) {
    return { books, entries: [], outcome: { ...unmoved, status: quantity === 0 ? "reduced" : "already_reduced" } }
  }
  if (after === undefined || !isInStock(after, entries)) {
    return { books, entries: [], outcome: { ...unmoved, status: "insufficient_stock" } }
  }
  const outcome: ReduceOutcome =
    taken > 0
      ? { ...unmoved, status: "reduced", new_quantity: after.stock.get(shown) ?? 0, reduced_by: taken }
      : { ...unmoved, status: "already_reduced" }
  return { books: after, entries, outcome }
}

/**
 * Works out, without writing, what a reduction takes from where. What has left with a fulfilment does not leave again,
 * and never more than was ordered. An item of the reduction is taken whole, as far as it is open, or not at all.
 * @returns an outcome for each item, in their order, and the entries for the books
 */
export function planReduction(books: Books, items: readonly ReduceItem[]): { outcomes: ReduceOutcome[]; entries: Movement[] } {
  const outcomes: ReduceOutcome[] = []
  const entries: Movement[] = []
  let present = books
  for (const item of items) {
    const reduced = reduceItem(present, item)
    present = reduced.books
    outcomes.push(reduced.outcome)
    entries.push(...reduced.entries)
  }
  return { outcomes, entries }
}
