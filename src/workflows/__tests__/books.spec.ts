import fc from "fast-check"

import { levelKey } from "../ingest-inventory/plan-stock"
import { enter, entriesFor, goodsOf, takenOf, type Books, type OrderLine } from "../move-stock/books"
import { adoptGone } from "../move-stock/gone-lines"
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

const booksOf = (lines: OrderLine[], stocked = 100): Books => ({
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
  fallbackLocationId: LOCATION,
})

const stockOf = (books: Books, itemId = "iitem_A") => books.stock.get(levelKey({ itemId, locationId: LOCATION })) ?? 0

function reduce(books: Books, quantity: number) {
  const { outcomes, entries } = planReduction(books, [{ sku: "A", quantity }])
  return { outcome: outcomes[0], books: enter(books, entries) }
}

/** What Medusa's fulfilment does: it takes its pieces out of the stock and notes them on the line. */
function fulfil(books: Books, lineId: string, quantity: number): Books {
  const settled = (before: Books, planned: ReadonlyMap<string, number>) =>
    goodsOf(before.lines).reduce((present, goods) => enter(present, entriesFor(present, goods, { planned })?.entries ?? []), before)
  const prepared = settled(books, new Map([[lineId, quantity]]))
  const stock = new Map(prepared.stock)
  for (const { itemId, perPiece } of prepared.lines.find(({ id }) => id === lineId)?.parts ?? []) {
    const key = levelKey({ itemId, locationId: LOCATION })
    stock.set(key, (stock.get(key) ?? 0) - quantity * perPiece)
  }
  const lines = prepared.lines.map((each) => (each.id === lineId ? { ...each, fulfilled: each.fulfilled + quantity } : each))
  return settled({ ...prepared, lines, stock }, new Map())
}

describe("an order's books", () => {
  it("let what reductions and fulfilments say leave once, in whatever order, on however many lines", () => {
    const said = fc.array(fc.record({ line: fc.constantFrom(null, "one", "two"), quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 8 })
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), said, (one, two, steps) => {
        let books = booksOf([line("one", one), line("two", two)])
        let told = 0
        const fulfilled: Record<string, number> = { one: 0, two: 0 }
        for (const { line: lineId, quantity } of steps) {
          if (lineId === null) {
            books = reduce(books, quantity).books
            told = Math.min(one + two, told + quantity)
          } else if (quantity <= (lineId === "one" ? one : two) - (fulfilled[lineId] ?? 0)) {
            books = fulfil(books, lineId, quantity)
            fulfilled[lineId] = (fulfilled[lineId] ?? 0) + quantity
          }
          const shipped = (fulfilled.one ?? 0) + (fulfilled.two ?? 0)
          expect(stockOf(books)).toBe(100 - Math.max(told, shipped))
          const taken = books.lines.map((each) => takenOf(each, books.movements) + each.fulfilled)
          expect(taken.every((pieces, index) => pieces <= (books.lines[index]?.ordered ?? 0))).toBe(true)
        }
      })
    )
  })

  it("say what a reduction took, and what had left before", () => {
    let books = fulfil(booksOf([line("one", 5)]), "one", 3)
    const first = reduce(books, 2)
    expect(first.outcome).toMatchObject({ status: "already_reduced", previous_quantity: 97, new_quantity: 97, reduced_by: 0 })
    books = first.books
    expect(reduce(books, 9).outcome).toMatchObject({ status: "reduced", previous_quantity: 97, new_quantity: 95, reduced_by: 2 })
  })

  it("count a bundle by its parts, also when it is put together in another way afterwards", () => {
    const parts = [{ itemId: "iitem_A", perPiece: 2 }, { itemId: "iitem_B", perPiece: 3 }]
    const { books } = reduce(booksOf([line("one", 2, parts)]), 1)
    expect([stockOf(books), stockOf(books, "iitem_B")]).toEqual([98, 97])
    const anew: Books = { ...books, lines: [line("one", 2, [{ itemId: "iitem_A", perPiece: 5 }])] }
    expect(reduce(anew, 2).outcome).toMatchObject({ status: "reduced", reduced_by: 1 })
  })

  it("take nothing where the stock has not enough, unless the shop sells what it has not", () => {
    const scarce = reduce(booksOf([line("one", 3)], 2), 3)
    expect([scarce.outcome?.status, stockOf(scarce.books)]).toEqual(["insufficient_stock", 2])
    const sold = reduce(booksOf([{ ...line("one", 3), allowsBackorder: true }], 2), 3)
    expect([sold.outcome?.status, stockOf(sold.books)]).toEqual(["reduced", -1])
  })

  it("leave a stock as it is that was counted after the sale and is too small for it", () => {
    const key = levelKey({ itemId: "iitem_A", locationId: LOCATION })
    const counted = reduce({ ...booksOf([line("one", 3)], 1), countedSince: new Set([key]) }, 3)
    expect(counted.outcome).toEqual({
      sku: "A",
      status: "reduced",
      previous_quantity: 1,
      new_quantity: 1,
      reduced_by: 0,
      counted_without: 3,
    })
    const enough = reduce({ ...booksOf([line("one", 3)], 3), countedSince: new Set([key]) }, 3)
    expect(enough.outcome).toMatchObject({ new_quantity: 0, reduced_by: 3 })
    expect(enough.outcome).not.toHaveProperty("counted_without")
  })

  it("have what has left of a line that is gone count for the lines of the same goods", () => {
    const { books } = reduce(booksOf([line("gone", 3)]), 3)
    const heirs = [line("small", 1), line("large", 3), line("other", 9, [{ itemId: "iitem_A", perPiece: 2 }])]
    const adopted = adoptGone(books.movements, heirs)
    expect(adopted.map(({ line_item_id, quantity }) => [line_item_id, quantity])).toEqual([["large", 3]])
    const back = { ...books.movements[0]!, line_item_id: "large", quantity: -3 }
    expect(adoptGone([...books.movements, back], heirs)).toEqual([])
    expect(adoptGone(books.movements, [line("other", 9, [{ itemId: "iitem_B", perPiece: 1 }])])).toEqual(books.movements)
  })

  it("know goods by the name that they have now, where none was sold by it", () => {
    const renamed = { ...booksOf([{ ...line("one", 3), renamedTo: "NEW" }]) }
    const plan = (sku: string) => planReduction(renamed, [{ sku, quantity: 1 }]).outcomes[0]?.status
    expect([plan("A"), plan("new"), plan("other")]).toEqual(["reduced", "reduced", "not_found"])
  })

  it("have nothing to take of goods whose stock is not kept", () => {
    const { outcome } = reduce(booksOf([line("one", 3, [])]), 1)
    expect(outcome).toEqual({ sku: "A", status: "already_reduced", previous_quantity: null, new_quantity: null, reduced_by: 0 })
  })

  it("take nothing where nobody can tell from where", () => {
    const nowhere: Books = { ...booksOf([line("one", 3)]), reservations: [], fallbackLocationId: null }
    expect(reduce(nowhere, 1).outcome?.status).toBe("insufficient_stock")
  })
})
