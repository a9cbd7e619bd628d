import fc from "fast-check"

import { levelKey, planStock as planByStatement, type ResolvedStatement, type StockLevel } from "../stock-levels/plan-stock"

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

/** The plan, with the outcomes in the order of the statements. */
function planStock(...given: Parameters<typeof planByStatement>) {
  const { outcomes, changed } = planByStatement(...given)
  return { outcomes: given[0].map((each) => outcomes.get(each)!), changed }
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

  it("adds what Odoo counts below none to what is reserved beyond the stock, and to a count of what is for sale", () => {
    const below = statement({ quantity: 0, oversold_by: 3 })
    expect(planStock([below], stocked(12)).outcomes[0]).toMatchObject({ status: "updated", new_quantity: 0, oversold_by: 3 })
    expect(planStock([below], stocked(0)).outcomes[0]).toMatchObject({ status: "unchanged", oversold_by: 3 })
    expect(planStock([below], stocked(12, { reserved: 2 })).outcomes[0]).toMatchObject({ new_quantity: 0, oversold_by: 5 })
    const { outcomes } = planStock([{ ...below, quantityIs: "available" }], stocked(12, { reserved: 2 }))
    expect(outcomes[0]).toMatchObject({ new_quantity: 2, oversold_by: 3 })
  })

  it("says from which fraction a count was rounded, unless it was not applied", () => {
    const rounded = statement({ quantity: 2, rounded_from: 2.5, statedAt: 1000 })
    expect(planStock([rounded], stocked(3)).outcomes[0]).toMatchObject({ new_quantity: 2, rounded_from: 2.5 })
    expect(planStock([rounded], stocked(3, { statedAt: 2000 })).outcomes[0]).not.toHaveProperty("rounded_from")
  })

  it("adds parts of a piece up without losing any", () => {
    const tenths = Array.from({ length: 10 }, () => statement({ adjustment: "delta", quantity: -0.1 }))
    expect(planStock(tenths, stocked(1)).outcomes.at(-1)).toMatchObject({ status: "updated", new_quantity: 0 })
    const available = statement({ quantityIs: "available", quantity: 0.1 })
    expect(planStock([available], stocked(0, { reserved: 0.2 })).outcomes[0]).toMatchObject({ new_quantity: 0.3 })
    expect(planStock([statement({ quantity: 0.1 })], stocked(0, { reserved: 0.3 })).outcomes[0]).toMatchObject({ oversold_by: 0.2 })
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
