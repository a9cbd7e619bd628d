import fc from "fast-check"

import type { StockOutcome } from "../../wire/inventory-answers"
import { stockReport, type StockDifference } from "../../wire/stock-report"
import { stockReportCsv } from "../../wire/stock-report-csv"
import { afterSetting, compareCounts } from "../compare-inventory/compare-counts"
import { levelKey, planStock, stockAfter, type ResolvedStatement, type StockLevel } from "../stock-levels/plan-stock"
import type { Unresolved } from "../ingest-inventory/statements"

const count = (members: Partial<ResolvedStatement> = {}): ResolvedStatement => ({
  sku: "A",
  itemId: "iitem_A",
  locationId: "sloc_1",
  adjustment: "absolute",
  quantityIs: "on_hand",
  quantity: 0,
  statedAt: null,
  ...members,
})

const KEY = levelKey(count())

const shop = (level?: Partial<StockLevel>, changedAt?: number) => ({
  stock: new Map(level === undefined ? [] : [[KEY, { stocked: 0, reserved: 0, countedAt: null, onHandAt: null, statedAt: null, ...level }]]),
  changedAt: new Map(changedAt === undefined ? [] : [[KEY, changedAt]]),
  locationNames: new Map([["sloc_1", "Main warehouse"]]),
})

/** What one count comes to. */
function differenceOf(members: Partial<ResolvedStatement>, level?: Partial<StockLevel>, changedAt?: number): StockDifference | null {
  return compareCounts([count(members)], shop(level, changedAt))[0]!.difference
}

describe("compareCounts", () => {
  it.each([
    ["the free quantity as on hand", { quantity: 7 }, { stocked: 10, reserved: 3 }, -3, ["reserved"]],
    ["what is on hand as available", { quantity: 10, quantityIs: "available" }, { stocked: 10, reserved: 3 }, 3, ["reserved"]],
    ["less than is reserved", { quantity: 2 }, { stocked: 10, reserved: 3 }, -8, ["oversold"]],
    ["the free quantity, which is less than is reserved", { quantity: 4 }, { stocked: 10, reserved: 6 }, -6, ["reserved", "oversold"]],
    ["less than none", { quantity: 0, oversold_by: 3 }, { stocked: 10, reserved: 0 }, -10, ["oversold"]],
    ["a part of a piece", { quantity: 0.3 }, { stocked: 0.1, reserved: 0 }, 0.2, []],
    ["something else", { quantity: 8 }, { stocked: 10, reserved: 3 }, -2, []],
    ["more where nothing is reserved", { quantity: 12 }, { stocked: 10 }, 2, []],
    ["what is kept nowhere", { quantity: 2 }, undefined, 2, ["no_level"]],
    ["what is available of an oversold stock", { quantity: 0, quantityIs: "available" }, { stocked: 1, reserved: 3 }, 2, []],
  ] as const)("finds why a count differs: %s", (_, members, level, difference, reasons) => {
    expect(differenceOf(members, level)).toMatchObject({ difference, reasons })
  })

  it("says of a count that is equal what a push of it would say", () => {
    const counts = [count({ oversold_by: 3 }), count({ sku: "B", itemId: "iitem_B", rounded_from: 0.5 }), count({ sku: "C", itemId: "iitem_C" })]
    const compared = compareCounts(counts, shop({}))
    const alike = compared.flatMap(({ equal }) => equal ?? [])
    const place = { location_id: "sloc_1" }
    expect(stockReport(3, compared.flatMap(({ difference }) => difference ?? []), false, alike)).toMatchObject({
      summary: { equal: 3 },
      oversold: [{ index: 0, sku: "A", ...place, oversold_by: 3 }],
      rounded: [{ index: 1, sku: "B", ...place, rounded_from: 0.5 }],
    })
    expect(stockReport(1, [], false, alike.slice(2))).not.toHaveProperty("oversold")
  })

  it("says how many are sold and not there: those that Odoo counts below none, and those reserved beyond the count", () => {
    const difference = differenceOf({ quantity: 0, oversold_by: 3, rounded_from: 2.5 }, { stocked: 10, reserved: 2 })
    expect(difference).toMatchObject({ oversold_by: 5, rounded_from: 2.5, message: expect.stringContaining("Odoo has 3 less than none, and 2 more are reserved") })
  })

  it("takes nothing for equal where there is no level", () => {
    expect(differenceOf({ quantity: 0 })).toBeNull()
  })

  it("knows an outdated count by the last statement, and a level that changed after it by its time", () => {
    const level = { stocked: 3, statedAt: 2000 }
    expect(differenceOf({ quantity: 9, statedAt: 1999 }, level, 5000)?.reasons).toEqual(["stale"])
    expect(differenceOf({ quantity: 9, statedAt: 2000 }, level)?.reasons).toEqual([])
    expect(differenceOf({ quantity: 9, statedAt: 2000 }, level, 5000)).toMatchObject({
      reasons: ["changed_since"],
      message: expect.stringContaining("1970-01-01T00:00:05.000Z"),
    })
    expect(differenceOf({ quantity: 9, statedAt: 5000 }, level, 5000)?.reasons).toEqual([])
    expect(differenceOf({ quantity: 9 }, level, 5000)?.reasons).toEqual([])
  })

  it("compares the last of several outdated counts", () => {
    const counts = [count({ quantity: 1, statedAt: 10 }), count({ quantity: 2, statedAt: 20 })]
    const [first, second] = compareCounts(counts, shop({ stocked: 3, statedAt: 2000 }))
    expect([first!.difference!.reasons, second!.difference!.reasons]).toEqual([["duplicate"], ["stale"]])
    expect([first!.toSet, second!.toSet]).toEqual([null, null])
  })

  it("sets, where it is set, just what the counts would make of the stock if they were pushed", () => {
    const anyCount = fc.record({
      quantity: fc.nat(8),
      quantityIs: fc.constantFrom("on_hand" as const, "available" as const),
      oversold_by: fc.constantFrom(undefined, undefined, 2),
      statedAt: fc.option(fc.integer({ min: 1, max: 5 })),
    })
    const anyLevel = fc.option(fc.record({ stocked: fc.nat(8), reserved: fc.nat(8), statedAt: fc.option(fc.integer({ min: 1, max: 5 })) }), { nil: undefined })
    fc.assert(
      fc.property(fc.array(anyCount, { minLength: 1, maxLength: 6 }), anyLevel, (counts, level) => {
        const statements = counts.map(count)
        const there = shop(level)
        const compared = compareCounts(statements, there)
        const toSet = compared.flatMap((entry) => entry.toSet ?? [])
        const present = level?.stocked ?? 0
        const pushed = planStock(statements, there.stock).changed.get(KEY)?.stocked ?? present
        expect(toSet.length).toBeLessThanOrEqual(1)
        expect(toSet.map((statement) => stockAfter(statement, there.stock.get(KEY)))).toEqual(pushed === present ? [] : [pushed])
      })
    )
  })
})

describe("a difference after it was to be set", () => {
  const difference = differenceOf({ quantity: 2 }, { stocked: 10, reserved: 5 })!
  const outcome: StockOutcome = {
    sku: "A", status: "updated", location_id: "sloc_1", previous_quantity: 10, new_quantity: 2, code: null, message: null,
  }

  it("says what is there now, and how many more are reserved by now", () => {
    expect(difference.oversold_by).toBe(3)
    expect(afterSetting(difference, { ...outcome, oversold_by: 1 })).toMatchObject({ applied: true, new_quantity: 2, oversold_by: 1 })
    expect(afterSetting(difference, outcome)).not.toHaveProperty("oversold_by")
  })

  it("says why it was not set: a newer statement, or an item that is gone", () => {
    const stale = afterSetting(difference, { ...outcome, status: "stale", new_quantity: 10, message: "a newer one" })
    expect(stale).toMatchObject({ applied: false, reasons: ["oversold", "stale"], message: expect.stringMatching(/; not set: a newer one$/) })
    expect(stale).not.toHaveProperty("new_quantity")
    const gone = afterSetting(difference, { ...outcome, status: "not_found", message: "deleted" })
    expect(gone).toMatchObject({ applied: false, reasons: ["oversold"], message: expect.stringContaining("deleted") })
  })
})

describe("the report", () => {
  const unknown: Unresolved = {
    why: "unknown_sku",
    said: { quantity: 4, quantityIs: "available" },
    locationId: "sloc_1",
    outcome: { sku: "-2+3", status: "not_found", location_id: null, previous_quantity: null, new_quantity: null, code: "SKU_NOT_FOUND", message: "no such" },
  }

  const reportOf = (...entries: (ResolvedStatement | Unresolved)[]) =>
    stockReport(
      entries.length,
      compareCounts(entries, shop({ stocked: 10, reserved: 3 })).flatMap((entry) => entry.difference ?? []),
      false
    )

  it("counts each item once", () => {
    const { success, summary } = reportOf(count({ quantity: 1 }), count({ quantity: 7 }), unknown)
    expect(success).toBe(false)
    expect(summary).toEqual({
      total: 3, equal: 0, differing: 1, unknown: 1, failed: 0, duplicates: 1, reasons: { reserved: 1, duplicate: 1, unknown_sku: 1 },
    })
    expect(reportOf(count({ quantity: 7 })).success).toBe(true)
  })

  it("is a table whose numbers are numbers, and whose texts are no formulas", () => {
    const lines = stockReportCsv(reportOf(count({ quantity: 7 }), unknown)).split("\n")
    expect(lines[1]).toMatch(/^0,A,sloc_1,Main warehouse,7,on_hand,10,3,7,-3,reserved,"?Odoo counts 7 on hand, the shop has 10; .*,false,,,$/)
    expect(lines[2]).toBe("1,'-2+3,sloc_1,Main warehouse,4,available,,,,,unknown_sku,no such,false,,,")
    expect(stockReportCsv(reportOf(), { bom: true })).toMatch(/^\uFEFFindex,sku,/)
  })
})
