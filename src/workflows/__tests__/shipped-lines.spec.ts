import { isPartOf, linesOfPart, minus, plus, unfulfilled } from "../ingest-order-status/lines"

const line = (id: string, sku: string | null, quantity: number, fulfilled = 0) => ({
  id,
  variant_sku: sku,
  requires_shipping: true,
  quantity,
  detail: { fulfilled_quantity: fulfilled },
})

const LINES = [line("a1", "SKU-A", 2), line("a2", "SKU-A", 3, 1), line("b", "sku-b", 1), line("b-upper", "SKU-B ", 1), line("gift", null, 1, 1)]

describe("the lines of a shipment", () => {
  const part = (items: { sku?: string; lineItemId?: string; quantity: number }[]) =>
    Object.fromEntries(linesOfPart(items.map((item) => ({ sku: undefined, lineItemId: undefined, ...item })), LINES, unfulfilled(LINES)))

  it("are what no fulfillment holds yet", () => {
    expect(Object.fromEntries(unfulfilled(LINES))).toEqual({ a1: 2, a2: 2, b: 1, "b-upper": 1 })
  })

  it("are found by id and by SKU, and a SKU that stands twice fills one line after the other", () => {
    expect(part([{ lineItemId: "a2", quantity: 1 }])).toEqual({ a2: 1 })
    expect(part([{ sku: "SKU-A", quantity: 3 }])).toEqual({ a1: 2, a2: 1 })
    expect(part([{ sku: "SKU-A", quantity: 2 }, { sku: "sku-a", quantity: 1 }])).toEqual({ a1: 2, a2: 1 })
  })

  it("are first those that have been shipped of it before, on whichever line", () => {
    const before = new Map([["a2", 2]])
    const asked = (quantity: number) =>
      Object.fromEntries(linesOfPart([{ sku: "SKU-A", lineItemId: undefined, quantity }], LINES, before, unfulfilled(LINES)))
    expect([asked(2), asked(3), asked(7)]).toEqual([{ a2: 2 }, { a2: 2, a1: 1 }, { a2: 5, a1: 2 }])
  })

  it("hold what is too much on the last line, so that it is refused and not lost", () => {
    const asked = linesOfPart([{ sku: "SKU-A", lineItemId: undefined, quantity: 9 }], LINES, unfulfilled(LINES))
    expect(Object.fromEntries(asked)).toEqual({ a1: 2, a2: 7 })
    expect(isPartOf(asked, unfulfilled(LINES))).toBe(false)
  })

  it("are refused where no line or no single SKU is meant", () => {
    for (const item of [{ sku: "NOTHING", quantity: 1 }, { sku: "Sku-B", quantity: 1 }, { lineItemId: "z", quantity: 1 }]) {
      expect(() => part([item])).toThrow("the order has no line")
    }
  })

  it("are added and taken away by line", () => {
    const both = plus(new Map([["a", 1], ["b", 2]]), new Map([["b", 1], ["c", 1]]))
    expect(Object.fromEntries(both)).toEqual({ a: 1, b: 3, c: 1 })
    expect(Object.fromEntries(minus(both, new Map([["a", 1], ["b", 1]])))).toEqual({ b: 2, c: 1 })
  })
})
