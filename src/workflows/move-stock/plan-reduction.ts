import type { Movement } from "../../modules/odoo/stock-types"
import { dividedQuantity, minusQuantity, piecesMade, plusQuantity, timesQuantity } from "../../wire/counts"
import { notReduced, type ReduceOutcome } from "../../wire/reduce-answers"
import type { ReadReduceItem, ReduceItem } from "../../wire/schemas/reduce"
import type { StockLedger } from "./stock-ledger"
import { levelShown, reduceGoods, type Reduced } from "./reduce-goods"
import { readReduction, type Named, type Share } from "./read-reduction"

/** The outcome of one item of a reduction, in pieces of the stock item that the item names. */
function outcomeOf(before: StockLedger, reduced: Reduced, { found, quantity }: Share, sku: string, named: Named): ReduceOutcome {
  const shown = levelShown(before, found, named.itemId, reduced.entries)
  const previous = before.stock.get(shown) ?? 0
  const { status, taken, missing, surplus } = reduced
  const without = Math.min(taken, piecesMade(missing.get(shown) ?? 0, named.perPiece, taken))
  const inItsPieces = (pieces: number) => (pieces === 0 ? 0 : dividedQuantity(timesQuantity(pieces, named.quantity), quantity))
  return {
    sku,
    status,
    previous_quantity: previous,
    new_quantity: status === "insufficient_stock" ? previous : (reduced.ledger.stock.get(shown) ?? 0),
    reduced_by: inItsPieces(minusQuantity(taken, without)),
    ...(without > 0 ? { counted_without: inItsPieces(without) } : {}),
    ...(surplus > 0 ? { surplus: inItsPieces(surplus) } : {}),
  }
}

/** Combines the outcomes of one item that names several goods. Insufficient stock of one of them decides the status. */
function together(one: ReduceOutcome, other: ReduceOutcome): ReduceOutcome {
  const statuses = [one.status, other.status]
  const status = (["insufficient_stock", "reduced"] as const).find((each) => statuses.includes(each)) ?? other.status
  const without = plusQuantity(one.counted_without ?? 0, other.counted_without ?? 0)
  const surplus = plusQuantity(one.surplus ?? 0, other.surplus ?? 0)
  return {
    ...other,
    status,
    previous_quantity: one.previous_quantity,
    reduced_by: plusQuantity(one.reduced_by, other.reduced_by),
    ...(without > 0 ? { counted_without: without } : {}),
    ...(surplus > 0 ? { surplus } : {}),
  }
}

/** Plans the items that could be read. */
function planReadable(ledger: StockLedger, items: readonly ReduceItem[]) {
  const { shares, left, unkept, unknown } = readReduction(ledger, items)
  const outcomes = new Map<number, ReduceOutcome>()
  const entries: Movement[] = []
  const missing = new Map<string, number>()
  let present = ledger
  for (const share of shares) {
    const reduced = reduceGoods(present, share.found, share.quantity)
    for (const named of share.named) {
      const before = outcomes.get(named.item)
      const outcome = outcomeOf(present, reduced, share, items[named.item]?.sku ?? "", named)
      outcomes.set(named.item, before === undefined ? outcome : together(before, outcome))
    }
    present = reduced.ledger
    if (reduced.status !== "insufficient_stock") {
      entries.push(...reduced.entries)
    }
    reduced.missing.forEach((pieces, key) => missing.set(key, plusQuantity(missing.get(key) ?? 0, pieces)))
  }
  const said = items.map(({ sku }, item): ReduceOutcome => {
    const rest = left.get(item)
    // goods whose stock is not managed have nothing to take
    const status = unkept.has(item) ? "already_reduced" : unknown.has(item) || rest === undefined ? "not_found" : "failed"
    const outcome = outcomes.get(item) ?? notReduced(sku, status)
    return rest === undefined ? outcome : { ...outcome, left_over: rest.quantity, error: rest.message }
  })
  return { outcomes: said, entries, missing }
}

/**
 * Plans, without writing, how many pieces a reduction takes from which location. Pieces that left with a fulfillment do not
 * leave again, and never more leave than were ordered. The open pieces of an item are taken all together or not at all. Where
 * Odoo has counted the stock since the sale and there are too few pieces, the count lacks the goods already: the stock stays.
 * @returns an outcome for each item, in the order of the items; the entries for the ledger; and the pieces that the stock
 *   lacked already, by the keys of the levels
 */
export function planReduction(ledger: StockLedger, items: readonly ReadReduceItem[]) {
  const plan = planReadable(ledger, items.flatMap((item) => ("unreadable" in item ? [] : item)))
  const said = [...plan.outcomes].reverse()
  const outcomes = items.map((item) =>
    "unreadable" in item ? notReduced(item.sku, "failed", item.unreadable) : (said.pop() ?? notReduced(item.sku, "not_found"))
  )
  return { ...plan, outcomes }
}
