import fc from "fast-check"

import { levelKey } from "../stock-levels/plan-stock"
import { applyEntries, planEntries, goodsOf, takenOf, type StockLedger, type OrderLine } from "../move-stock/stock-ledger"
import { reassignRemovedLines } from "../move-stock/reassign-removed-lines"
import { planReduction } from "../move-stock/plan-reduction"

const LOCATION = "sloc_1"

const line = (id: string, ordered: number, parts: OrderLine["parts"] = [{ itemId: "iitem_A", perPiece: 1 }]): OrderLine => ({
  id,
  sku: "A",
  renamedTo: null,
  ordered,
  fulfilled: 0,
  allowsBackorder: false,
  parts,
})

const ledgerOf = (lines: OrderLine[], stocked = 100): StockLedger => ({
  lines,
  isClosed: false,
  movements: [],
  reservations: lines.flatMap(({ id, ordered, parts }) =>
    parts.map(({ itemId, perPiece }) => ({
      id: `${id} ${itemId}`,
      lineId: id,
      itemId,
      locationId: LOCATION,
      quantity: ordered * perPiece,
      allowsBackorder: false,
    }))
  ),
  stock: new Map(["iitem_A", "iitem_B"].map((itemId) => [levelKey({ itemId, locationId: LOCATION }), stocked])),
  countedSince: new Set(),
  leftFrom: new Map(),
  fallbackLocationId: LOCATION,
})

const stockOf = (ledger: StockLedger, itemId = "iitem_A") => ledger.stock.get(levelKey({ itemId, locationId: LOCATION })) ?? 0

function reduce(ledger: StockLedger, quantity: number) {
  const { outcomes, entries } = planReduction(ledger, [{ sku: "A", quantity }])
  return { outcome: outcomes[0], ledger: applyEntries(ledger, entries) }
}

/** What Medusa's fulfillment does: it takes its pieces out of the stock and notes them on the line. */
function fulfill(ledger: StockLedger, lineId: string, quantity: number): StockLedger {
  const settled = (before: StockLedger, planned: ReadonlyMap<string, number>) =>
    goodsOf(before.lines).reduce((present, goods) => applyEntries(present, planEntries(present, goods, { planned })?.entries ?? []), before)
  const prepared = settled(ledger, new Map([[lineId, quantity]]))
  const stock = new Map(prepared.stock)
  for (const { itemId, perPiece } of prepared.lines.find(({ id }) => id === lineId)?.parts ?? []) {
    const key = levelKey({ itemId, locationId: LOCATION })
    stock.set(key, (stock.get(key) ?? 0) - quantity * perPiece)
  }
  const lines = prepared.lines.map((each) => (each.id === lineId ? { ...each, fulfilled: each.fulfilled + quantity } : each))
  return settled({ ...prepared, lines, stock }, new Map())
}

describe("an order's ledger", () => {
  it("let what reductions and fulfillments say leave once, in whatever order, on however many lines", () => {
    const said = fc.array(fc.record({ line: fc.constantFrom(null, "one", "two"), quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 8 })
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), said, (one, two, steps) => {
        let ledger = ledgerOf([line("one", one), line("two", two)])
        let told = 0
        const fulfilled: Record<string, number> = { one: 0, two: 0 }
        for (const { line: lineId, quantity } of steps) {
          if (lineId === null) {
            ledger = reduce(ledger, quantity).ledger
            told = Math.min(one + two, told + quantity)
          } else if (quantity <= (lineId === "one" ? one : two) - (fulfilled[lineId] ?? 0)) {
            ledger = fulfill(ledger, lineId, quantity)
            fulfilled[lineId] = (fulfilled[lineId] ?? 0) + quantity
          }
          const shipped = (fulfilled.one ?? 0) + (fulfilled.two ?? 0)
          expect(stockOf(ledger)).toBe(100 - Math.max(told, shipped))
          const taken = ledger.lines.map((each) => takenOf(each, ledger.movements) + each.fulfilled)
          expect(taken.every((pieces, index) => pieces <= (ledger.lines[index]?.ordered ?? 0))).toBe(true)
        }
      })
    )
  })

  it("add parts of a piece up exactly", () => {
    let ledger = ledgerOf([line("one", 0.7), line("two", 0.3)], 1)
    for (const [quantity, left] of [[0.1, 0.9], [0.2, 0.7], [0.6, 0.1]] as const) {
      ledger = reduce(ledger, quantity).ledger
      expect(stockOf(ledger)).toBe(left)
    }
    expect(reduce(ledger, 1).outcome).toMatchObject({ status: "reduced", new_quantity: 0, reduced_by: 0.1 })
  })

  it("say what a reduction took, and what had left before", () => {
    let ledger = fulfill(ledgerOf([line("one", 5)]), "one", 3)
    const first = reduce(ledger, 2)
    expect(first.outcome).toMatchObject({ status: "already_reduced", previous_quantity: 97, new_quantity: 97, reduced_by: 0 })
    ledger = first.ledger
    expect(reduce(ledger, 9).outcome).toMatchObject({ status: "reduced", previous_quantity: 97, new_quantity: 95, reduced_by: 2 })
  })

  it("count a bundle by its parts, also when it is put together in another way afterwards", () => {
    const parts = [{ itemId: "iitem_A", perPiece: 2 }, { itemId: "iitem_B", perPiece: 3 }]
    const { ledger } = reduce(ledgerOf([line("one", 2, parts)]), 1)
    expect([stockOf(ledger), stockOf(ledger, "iitem_B")]).toEqual([98, 97])
    const anew: StockLedger = { ...ledger, lines: [line("one", 2, [{ itemId: "iitem_A", perPiece: 5 }])] }
    expect(reduce(anew, 2).outcome).toMatchObject({ status: "reduced", reduced_by: 1 })
  })

  it("take nothing where the stock has not enough, unless the shop sells what it has not", () => {
    const scarce = reduce(ledgerOf([line("one", 3)], 2), 3)
    expect([scarce.outcome?.status, stockOf(scarce.ledger)]).toEqual(["insufficient_stock", 2])
    const sold = reduce(ledgerOf([{ ...line("one", 3), allowsBackorder: true }], 2), 3)
    expect([sold.outcome?.status, stockOf(sold.ledger)]).toEqual(["reduced", -1])
  })

  it("leave a stock as it is that was counted after the sale and is too small for it", () => {
    const key = levelKey({ itemId: "iitem_A", locationId: LOCATION })
    const counted = reduce({ ...ledgerOf([line("one", 3)], 1), countedSince: new Set([key]) }, 3)
    expect(counted.outcome).toEqual({
      sku: "A",
      status: "reduced",
      previous_quantity: 1,
      new_quantity: 1,
      reduced_by: 0,
      counted_without: 3,
    })
    const enough = reduce({ ...ledgerOf([line("one", 3)], 3), countedSince: new Set([key]) }, 3)
    expect(enough.outcome).toMatchObject({ new_quantity: 0, reduced_by: 3 })
    expect(enough.outcome).not.toHaveProperty("counted_without")
  })

  it("have what has left of a line that is gone count for the lines of the same goods", () => {
    const { ledger } = reduce(ledgerOf([line("gone", 3)]), 3)
    const heirs = [line("small", 1), line("large", 3), line("other", 9, [{ itemId: "iitem_A", perPiece: 2 }])]
    const adopted = reassignRemovedLines(ledger.movements, heirs)
    expect(adopted.map(({ line_item_id, quantity }) => [line_item_id, quantity])).toEqual([["large", 3]])
    const back = { ...ledger.movements[0]!, line_item_id: "large", quantity: -3 }
    expect(reassignRemovedLines([...ledger.movements, back], heirs)).toEqual([])
    expect(reassignRemovedLines(ledger.movements, [line("other", 9, [{ itemId: "iitem_B", perPiece: 1 }])])).toEqual(ledger.movements)
  })

  it("know goods by the name that they have now, where none was sold by it", () => {
    const renamed = { ...ledgerOf([{ ...line("one", 3), renamedTo: "NEW" }]) }
    const plan = (sku: string) => planReduction(renamed, [{ sku, quantity: 1 }]).outcomes[0]?.status
    expect([plan("A"), plan("new"), plan("other")]).toEqual(["reduced", "reduced", "not_found"])
  })

  it("have nothing to take of goods whose stock is not kept", () => {
    const { outcome } = reduce(ledgerOf([line("one", 3, [])]), 1)
    expect(outcome).toEqual({ sku: "A", status: "already_reduced", previous_quantity: null, new_quantity: null, reduced_by: 0 })
  })

  it("take nothing where nobody can tell from where", () => {
    const nowhere: StockLedger = { ...ledgerOf([line("one", 3)]), reservations: [], fallbackLocationId: null }
    expect(reduce(nowhere, 1).outcome?.status).toBe("insufficient_stock")
  })
})
