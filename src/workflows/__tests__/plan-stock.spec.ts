import fc from "fast-check"

import { levelKey, planStock, type ResolvedStatement, type StockLevel } from "../ingest-inventory/plan-stock"

const statement = (members: Partial<ResolvedStatement>): ResolvedStatement => ({
  sku: "A",
  itemId: "iitem_A",
  locationId: "sloc_1",
  adjustment: "absolute",
  quantityIs: "on_hand",
  quantity: 0,
  statedAt: null,
  ...members,
})

const KEY = levelKey(statement({}))

const stocked = (quantity: number, members: Partial<StockLevel> = {}) => {
  const level: StockLevel = { stocked: quantity, reserved: 0, countedAt: null, onHandAt: null, statedAt: null, ...members }
  return new Map([[KEY, level]])
}

const quantities = (changed: ReadonlyMap<string, StockLevel>) => [...changed].map(([key, level]) => [key, level.stocked])

describe("planStock", () => {
  it("applies statements about one level one after the other", () => {
    const { outcomes, changed } = planStock(
      [statement({ quantity: 5 }), statement({ adjustment: "delta", quantity: -6 }), statement({ adjustment: "delta", quantity: -5 })],
      stocked(3)
    )
    expect(outcomes.map(({ status, previous_quantity, new_quantity, code }) => [status, previous_quantity, new_quantity, code])).toEqual([
      ["updated", 3, 5, null],
      ["failed", 5, 5, "insufficient_stock"],
      ["updated", 5, 0, null],
    ])
    expect(quantities(changed)).toEqual([[KEY, 0]])
  })

  it("writes nothing where nothing differs in the end", () => {
    expect(planStock([statement({ quantity: 3 })], stocked(3)).changed.size).toBe(0)
    expect(planStock([statement({ quantity: 9 }), statement({ quantity: 3 })], stocked(3)).changed.size).toBe(0)
  })

  it("gives an item its level at a location where it had none", () => {
    const { outcomes, changed } = planStock([statement({ quantity: 0 })], new Map())
    expect(outcomes[0]).toMatchObject({ status: "updated", previous_quantity: 0, new_quantity: 0 })
    expect(quantities(changed)).toEqual([[KEY, 0]])
  })

  it("refuses a stock above 32 bits", () => {
    const { outcomes, changed } = planStock([statement({ adjustment: "delta", quantity: 1 })], stocked(2_147_483_647))
    expect(outcomes[0]).toMatchObject({ status: "failed", code: "VALIDATION_ERROR" })
    expect(changed.size).toBe(0)
  })

  it("refuses only what makes a stock below zero less still", () => {
    const change = (quantity: number) => planStock([statement({ adjustment: "delta", quantity })], stocked(-3)).outcomes[0]
    expect(change(2)).toMatchObject({ status: "updated", previous_quantity: -3, new_quantity: -1 })
    expect(change(0)).toMatchObject({ status: "unchanged", new_quantity: -3 })
    expect(change(-1)).toMatchObject({ status: "failed", code: "insufficient_stock", new_quantity: -3 })
  })

  it("knows a count of what is on hand from one of what is for sale", () => {
    const [before] = stocked(3, { countedAt: 1000, onHandAt: 1000 }).values()
    const after = (members: Partial<ResolvedStatement>) =>
      planStock([statement({ quantity: 9, statedAt: 2000, ...members })], new Map([[KEY, before!]])).changed.get(KEY)
    expect(after({})).toMatchObject({ countedAt: 2000, onHandAt: 2000 })
    expect(after({ quantityIs: "available" })).toMatchObject({ countedAt: 2000, onHandAt: null })
    expect(after({ adjustment: "delta" })).toMatchObject({ countedAt: 1000, onHandAt: 1000 })
  })

  it("skips a count that is older than what was said last, and says so", () => {
    const { outcomes, changed } = planStock([statement({ quantity: 9, statedAt: 1000 })], stocked(3, { statedAt: 2000 }))
    expect(outcomes[0]).toMatchObject({ status: "stale", previous_quantity: 3, new_quantity: 3 })
    expect(changed.size).toBe(0)
  })

  it("applies a statement of the same time, a newer one, and one that names no time", () => {
    for (const statedAt of [2000, 3000, null]) {
      const { outcomes } = planStock([statement({ quantity: 9, statedAt })], stocked(3, { statedAt: 2000 }))
      expect(outcomes[0]).toMatchObject({ status: "updated", new_quantity: 9 })
    }
  })

  it("counts a change that comes late, unless a newer count has it in it already", () => {
    const late = statement({ adjustment: "delta", quantity: -1, statedAt: 1000 })
    expect(planStock([late], stocked(3, { statedAt: 2000 })).outcomes[0]).toMatchObject({ status: "updated", new_quantity: 2 })
    expect(planStock([late], stocked(3, { statedAt: 2000, countedAt: 2000 })).outcomes[0]).toMatchObject({ status: "stale" })
  })

  it("notes the time of a newer statement that leaves the stock as it is", () => {
    const { outcomes, changed } = planStock([statement({ quantity: 3, statedAt: 3000 })], stocked(3, { statedAt: 2000 }))
    expect(outcomes[0]).toMatchObject({ status: "unchanged" })
    expect(changed.get(KEY)).toEqual({ stocked: 3, reserved: 0, countedAt: 3000, onHandAt: 3000, statedAt: 3000 })
  })

  it("adds what is reserved to a count of what is for sale", () => {
    const available = statement({ quantityIs: "available", quantity: 3 })
    const { outcomes, changed } = planStock([available], stocked(2, { reserved: 4 }))
    expect(outcomes[0]).toMatchObject({ status: "updated", previous_quantity: 2, new_quantity: 7 })
    expect(outcomes[0]).not.toHaveProperty("oversold_by")
    expect(quantities(changed)).toEqual([[KEY, 7]])
    expect(planStock([available], stocked(7, { reserved: 4 })).outcomes[0]).toMatchObject({ status: "unchanged" })
  })

  it("says by how much more is reserved than there is, whether that is new or not", () => {
    for (const present of [9, 3]) {
      const { outcomes } = planStock([statement({ quantity: 3 })], stocked(present, { reserved: 5 }))
      expect(outcomes[0]).toMatchObject({ new_quantity: 3, oversold_by: 2 })
    }
  })

  it("never plans a negative stock, and ends where its outcomes say", () => {
    const statements = fc.array(
      fc.record({ adjustment: fc.constantFrom("absolute" as const, "delta" as const), amount: fc.nat(20), minus: fc.boolean() })
    )
    fc.assert(
      fc.property(statements, fc.nat(20), (given, present) => {
        const { outcomes, changed } = planStock(
          given.map(({ adjustment, amount, minus }) =>
            statement({ adjustment, quantity: adjustment === "delta" && minus ? -amount : amount })
          ),
          stocked(present)
        )
        const end = outcomes.reduce((quantity, outcome) => {
          expect(outcome.previous_quantity).toBe(quantity)
          expect(outcome.new_quantity).toBeGreaterThanOrEqual(0)
          return outcome.new_quantity ?? quantity
        }, present)
        expect(changed.get(KEY)?.stocked ?? present).toBe(end)
      })
    )
  })
})
