import fc from "fast-check"

import { levelKey, planStock, type ResolvedStatement } from "../ingest-inventory/plan-stock"

const statement = (members: Partial<ResolvedStatement>): ResolvedStatement => ({
  sku: "A",
  itemId: "iitem_A",
  locationId: "sloc_1",
  adjustment: "absolute",
  quantity: 0,
  ...members,
})

const KEY = levelKey(statement({}))

describe("planStock", () => {
  it("applies statements about one level one after the other", () => {
    const { outcomes, changed } = planStock(
      [statement({ quantity: 5 }), statement({ adjustment: "delta", quantity: -6 }), statement({ adjustment: "delta", quantity: -5 })],
      new Map([[KEY, 3]])
    )
    expect(outcomes.map(({ status, previous_quantity, new_quantity, code }) => [status, previous_quantity, new_quantity, code])).toEqual([
      ["updated", 3, 5, null],
      ["failed", 5, 5, "insufficient_stock"],
      ["updated", 5, 0, null],
    ])
    expect([...changed]).toEqual([[KEY, 0]])
  })

  it("writes nothing where nothing differs in the end", () => {
    expect(planStock([statement({ quantity: 3 })], new Map([[KEY, 3]])).changed.size).toBe(0)
    expect(planStock([statement({ quantity: 9 }), statement({ quantity: 3 })], new Map([[KEY, 3]])).changed.size).toBe(0)
  })

  it("gives an item its level at a location where it had none", () => {
    const { outcomes, changed } = planStock([statement({ quantity: 0 })], new Map())
    expect(outcomes[0]).toMatchObject({ status: "updated", previous_quantity: 0, new_quantity: 0 })
    expect([...changed]).toEqual([[KEY, 0]])
  })

  it("refuses a stock above 32 bits", () => {
    const { outcomes, changed } = planStock([statement({ adjustment: "delta", quantity: 1 })], new Map([[KEY, 2_147_483_647]]))
    expect(outcomes[0]).toMatchObject({ status: "failed", code: "VALIDATION_ERROR" })
    expect(changed.size).toBe(0)
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
          new Map([[KEY, present]])
        )
        const end = outcomes.reduce((quantity, outcome) => {
          expect(outcome.previous_quantity).toBe(quantity)
          expect(outcome.new_quantity).toBeGreaterThanOrEqual(0)
          return outcome.new_quantity ?? quantity
        }, present)
        expect(changed.get(KEY) ?? present).toBe(end)
      })
    )
  })
})
