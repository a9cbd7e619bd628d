import fc from "fast-check"

import { readBulkUpdateItems, readPlainCount, readWebhookItems, updateStockBody } from "../schemas/inventory"

const read = (item: unknown) => readWebhookItems([item])[0]

describe("the items of a stock push", () => {
  it.each([
    ["a SKU with blanks around it", { sku: "  A-1 ", quantity: 1 }, "A-1", 1],
    ["Odoo's name for a SKU", { default_code: "A-1", quantity: 1 }, "A-1", 1],
    ["the wire's name before Odoo's", { sku: "A-1", default_code: "B-2", quantity: 1 }, "A-1", 1],
    ["Odoo's name where ours is false", { sku: false, default_code: "B-2", quantity: 1 }, "B-2", 1],
    ["a SKU that is a number", { sku: 4711, quantity: 1 }, "4711", 1],
    ["a whole float", { sku: "A-1", quantity: 75.0 }, "A-1", 75],
    ["a numeric string", { sku: "A-1", quantity: "75.0" }, "A-1", 75],
    ["the largest quantity", { sku: "A-1", quantity: 2_147_483_647 }, "A-1", 2_147_483_647],
    ["false for what is not given", { sku: "A-1", quantity: 1, location_id: false, warehouse_name: false }, "A-1", 1],
    ["false for the adjustment", { sku: "A-1", quantity: 1, adjustment_type: false }, "A-1", 1],
    ["members that nobody knows", { sku: "A-1", quantity: 1, __proto__x: {}, reason: "count" }, "A-1", 1],
  ])("may hold %s", (_, item, sku, quantity) => {
    expect(read(item)).toMatchObject({ sku, quantity, adjustment: "absolute" })
  })

  it.each([
    ["no SKU", { quantity: 1 }, "sku: "],
    ["an empty SKU", { sku: "  ", quantity: 1 }, "sku: must not be empty"],
    ["a SKU of Odoo's false", { default_code: false, quantity: 1 }, "sku: "],
    ["a SKU over 255 characters", { sku: "x".repeat(256), quantity: 1 }, "sku: must not be longer"],
    ["a SKU of two lines", { sku: "A-1\nsee notes", quantity: 1 }, "sku: must be a single line"],
    ["a NUL byte", { sku: "A\u0000", quantity: 1 }, "sku: must be a single line"],
    ["half a character", { sku: "A\ud800", quantity: 1 }, "sku: must be a single line"],
    ["no quantity", { sku: "A-1" }, "quantity: "],
    ["a quantity of Odoo's false", { sku: "A-1", quantity: false }, "quantity: "],
    ["a fraction", { sku: "A-1", quantity: 1.5 }, "quantity: must be a whole number"],
    ["a negative count", { sku: "A-1", quantity: -1 }, "quantity: must not be negative"],
    ["a quantity beyond 32 bits", { sku: "A-1", quantity: 2_147_483_648 }, "quantity: must not be above 2147483647"],
    ["an empty quantity", { sku: "A-1", quantity: "" }, "quantity: "],
    ["an unknown adjustment", { sku: "A-1", quantity: 1, adjustment_type: "relative" }, "adjustment_type: must be absolute or delta"],
    ["a text", "A-1", "sku: "],
    ["nothing", null, "sku: "],
    ["a list", [1], "sku: "],
  ])("are named with the reason when they hold %s", (_, item, reason) => {
    expect(read(item)).toEqual({ sku: expect.any(String), unreadable: expect.stringContaining(reason) })
  })

  it("may be changes of either sign in a webhook, but only counts in a bulk update", () => {
    expect(read({ sku: "A-1", quantity: -3, adjustment_type: "delta" })).toMatchObject({ quantity: -3, adjustment: "delta" })
    expect(readBulkUpdateItems([{ sku: "A-1", quantity: 3, adjustment_type: "delta" }])[0]).toMatchObject({ adjustment: "absolute" })
  })

  it("are read without their schema only where it would say the same", () => {
    const text = fc.oneof(
      fc.constantFrom("A-1", "Café", "A 1"),
      fc.string({ unit: fc.constantFrom(" ", "a", "A", "1", "-", "/", "\u00e9", "\u00a0", "\n", "\u0000") }),
      fc.integer({ min: 254, max: 257 }).map((length) => "x".repeat(length))
    )
    const member = fc.oneof({ weight: 4, arbitrary: text }, fc.constantFrom(false, null, 7, [7, "Main"]))
    const members = {
      sku: member,
      quantity: fc.oneof({ weight: 4, arbitrary: fc.nat() }, fc.double(), fc.constantFrom(-1, -0, 2_147_483_648, "3", false)),
      location_id: member,
    }
    const item = fc.oneof(
      fc.record(members, { requiredKeys: ["sku", "quantity"] }),
      fc.record({ ...members, default_code: member, title: member }, { requiredKeys: [] }),
      fc.anything()
    )
    let plain = 0
    fc.assert(
      fc.property(item, (given) => {
        const read = readPlainCount(given)
        if (read !== undefined) {
          plain += 1
          expect(read).toEqual(updateStockBody.parse(given))
        }
      }),
      { numRuns: 5_000 }
    )
    expect(plain).toBeGreaterThan(50)
  })
})
