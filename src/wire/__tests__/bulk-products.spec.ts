import fc from "fast-check"

import { productBody, readBulkProducts } from "../schemas/products"

/** Values that a member may come with, good and bad. */
const MEMBERS: Record<string, unknown[]> = {
  sku: ["A-1", " A-1 ", 7, "", false], default_code: ["A-2"], odoo_product_id: [1, "x", [7, "Seven"], 0], id: [3], title: ["Lamp", "", "two\nlines", null, false], name: ["Lamp"],
  title_ar: ["مصباح", ""], description: ["Bends.", "", false], price: [1000, "12.5", -1, "much", ""], compare_at_price: [false, 5, ""], active: [false, true, "no"], qty_available: [-1, false, 2.5, "x"], location_id: [8, [8, "WH"], ""], list_price: [12.5], currency_code: ["kwd", [1, "KWD"], "dinar"],
  prices: [[{ currency_code: "usd", amount: 1 }], "none"], weight: [1.5, "2", 0, false], weight_unit: ["kg", "lbs", "stone", false], barcode: ["(EAN-13): 629", 629, "", false],
  category_name: ["A / B", false, [7, "C"]], categories: [["A"], [7]], tags: [["a", "a"], [[1, "b"]], "c"], images: [["https://a.example/b.png"], ["nowhere"], false, [""]],
  attributes: [{ Color: "Black" }, { Color: false }, []], metadata: [{ a: 1 }, { a: "\u0000" }], inventory: [{ quantity: 5 }, { quantity: -1 }, false], status: ["draft", "gone"], unknown: [1],
}

describe("the products of a bulk push", () => {
  it("are read as each of them would be alone, whatever members they have", () => {
    const names = Object.keys(MEMBERS)
    fc.assert(
      fc.property(fc.subarray(names), fc.nat(9), (present, which) => {
        const item = Object.fromEntries(present.map((name) => [name, MEMBERS[name]![which % MEMBERS[name]!.length]]))
        const alone = productBody.safeParse(item)
        const [read] = readBulkProducts([item])
        if (alone.success) {
          expect(read).toEqual(alone.data)
        } else {
          const [issue] = alone.error.issues
          expect(read).toMatchObject({ unreadable: expect.stringContaining(issue!.message) })
        }
      }),
      { numRuns: 1000 }
    )
    expect(readBulkProducts(["nonsense", null, [], 5])).toHaveLength(4)
  })
})
