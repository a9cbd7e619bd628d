import { readCompareItems } from "../../wire/schemas/inventory"
import { addUpParts } from "../ingest-inventory/add-up-parts"
import { locateItems } from "../ingest-inventory/resolve-items"

const PLACES = {
  locations: [{ id: "sloc_main", name: "Main" }, { id: "sloc_shop", name: "Shop" }],
  defaultLocationId: null,
  mapping: { "WH/Stock/Shelf A": "Main", "WH/Stock/Shelf B": "sloc_main", 18: "Shop" },
  quantityIs: "on_hand" as const,
}

const FOUND = { bySku: new Map([["A", "iitem_A"], ["a", "iitem_A"], ["B", "iitem_B"]]), byOdooId: new Map() }

/** What parts come to: the SKU, the count and the location of each stock; or why there is none. */
function sums(parts: object[], fractional = false) {
  const entries = locateItems({ items: readCompareItems(parts) }, { ...PLACES, fractional })
  return addUpParts(entries, FOUND, fractional).map((entry) =>
    "statement" in entry ? [entry.statement.sku, entry.reading, entry.locationId] : [entry.outcome.sku, entry.why]
  )
}

const at = (sku: string, quantity: unknown, location_id: unknown) => ({ sku, quantity, location_id })

describe("the parts of a stock", () => {
  it("add up over all shelves that are one location of the shop, and over spellings of a SKU", () => {
    expect(sums([at("A", 20, "WH/Stock/Shelf A"), at("B", 1, "Main"), at("a", 30, "WH/Stock/Shelf B"), at("A", 7, 18), at("A", 5, "main")])).toEqual([
      ["A", { quantity: 55 }, "sloc_main"],
      ["B", { quantity: 1 }, "sloc_main"],
      ["A", { quantity: 7 }, "sloc_shop"],
    ])
  })

  it("add up as they were stated, and the sum alone is rounded and held above none", () => {
    const parts = [at("A", 10.5, "Main"), at("A", -3, "Main"), at("A", 0.6, "Main")]
    expect(sums(parts)).toEqual([["A", { quantity: 8, rounded_from: 8.1 }, "sloc_main"]])
    expect(sums(parts, true)).toEqual([["A", { quantity: 8.1 }, "sloc_main"]])
    expect(sums([at("A", 2, "Main"), at("A", -3, "Main")])).toEqual([["A", { quantity: 0, oversold_by: 1 }, "sloc_main"]])
  })

  it("are not taken for the whole where one of them can not be read", () => {
    expect(sums([at("A", 5, "Main"), at("B", 4, "Main"), at(" a", "many", "Main")])).toEqual([
      ["A", "unreadable"], ["B", { quantity: 4 }, "sloc_main"], [" a", "unreadable"],
    ])
  })

  it("that lie at no location of the shop are named, and the others count", () => {
    expect(sums([at("A", 5, "Main"), at("A", 4, "Partners/Customers"), at("X", 1, "Main"), at("X", 2, "Main")])).toEqual([
      ["A", { quantity: 5 }, "sloc_main"], ["A", "unknown_location"], ["X", { quantity: 3 }, "sloc_main"],
    ])
  })
})
