import fc from "fast-check"

import { readBatchUpdates, readBulkUpdateItems, readCompareItems, readPlainCount, readSyncItems, readWebhookItems, updateStockBody } from "../schemas/inventory"

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
    ["a count below zero", { sku: "A-1", quantity: -3.0 }, "A-1", -3],
    ["a fraction", { sku: "A-1", quantity: "2.5" }, "A-1", 2.5],
    ["an empty SKU beside Odoo's name", { sku: " ", default_code: "B-2", quantity: 1 }, "B-2", 1],
    ["empty texts for what is not given", { sku: "A-1", quantity: 1, location_id: "", warehouse_name: " ", updated_at: "", quantity_is: "" }, "A-1", 1],
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
    ["a quantity beyond 32 bits", { sku: "A-1", quantity: 2_147_483_648 }, "quantity: must not be above 2147483647"],
    ["a quantity far below zero", { sku: "A-1", quantity: -2_147_483_648 }, "quantity: must not be below -2147483647"],
    ["a time to come", { sku: "A-1", quantity: 1, updated_at: "2099-01-01 00:00:00" }, "updated_at: must not be more than five minutes ahead"],
    ["a change that only Odoo's name of a count says", { sku: "A-1", adjustment_type: "delta", qty_available: 5 }, "quantity: "],
    ["an empty quantity", { sku: "A-1", quantity: "" }, "quantity: "],
    ["an unknown adjustment", { sku: "A-1", quantity: 1, adjustment_type: "relative" }, "adjustment_type: must be absolute or delta"],
    ["a text", "A-1", "sku: "],
    ["nothing", null, "sku: "],
    ["a list", [1], "sku: "],
  ])("are named with the reason when they hold %s", (_, item, reason) => {
    expect(read(item)).toEqual({ sku: expect.any(String), unreadable: expect.stringContaining(reason) })
  })

  const READERS = { readBatchUpdates, readBulkUpdateItems, readCompareItems, readSyncItems, readWebhookItems }

  it.each(Object.entries(READERS))("name quantities as Odoo does, in every push: %s", (_, readAll) => {
    const items = [{ qty_available: 5 }, { free_qty: "5.0" }, { quantity: 5 }, { available_quantity: 5 }, { inventory_quantity: 5 }, { quantity: 5, qty_available: 8 }]
    expect(readAll(items.map((item) => ({ default_code: "A-1", ...item })))).toMatchObject(
      ["on_hand", "available", undefined, "available", "on_hand", undefined].map((quantityIs) => ({ sku: "A-1", quantity: 5, quantityIs }))
    )
  })

  it.each(Object.entries(READERS))("name their place as Odoo does, in every push: %s", (_, readAll) => {
    const places = [
      [{ location_id: 8 }, { locationId: "8" }],
      [{ location_id: [8, "WH/Stock"], warehouse_name: "Main" }, { locationId: "8", locationName: "WH/Stock" }],
      [{ location_id: "sloc_1" }, { locationId: "sloc_1" }],
      [{ location_id: "8.0" }, { locationId: "8" }],
      [{ location_id: [8, false] }, { locationId: "8" }],
      [{ warehouse_id: 3 }, { warehouseId: "3" }],
      [{ warehouse_id: [3, "Main"] }, { warehouseId: "3", locationName: "Main" }],
      [{ warehouse_id: 3, warehouse_name: [3, "Main"] }, { warehouseId: "3", locationName: "Main" }],
      [{ location_id: false, warehouse_name: "Main" }, { locationName: "Main" }],
      [{ location_id: false, warehouse_id: false, warehouse_name: "" }, {}],
    ] as const
    const placeOf = (item: object) => Object.fromEntries(Object.entries(item).filter(([name, value]) => /^(location|warehouse)/.test(name) && value !== undefined))
    expect(readAll(places.map(([place]) => ({ sku: "A-1", quantity: 5, ...place }))).map(placeOf)).toEqual(places.map(([, read]) => read))
  })

  it.each(Object.entries(READERS))("may say by Odoo's id alone what they are about, in every push: %s", (_, readAll) => {
    const ids = [{ odoo_product_id: 7 }, { odoo_product_id: [7, "Mug"], sku: "" }, { product_id: [7, "Mug"], default_code: false }, { odoo_id: "7.0" }]
    expect(readAll(ids.map((id) => ({ quantity: 5, ...id })))).toMatchObject(ids.map(() => ({ sku: "", odooId: "7" })))
    expect(readAll([{ sku: "A-1", odoo_product_id: {}, product_id: "", quantity: 5 }])).toMatchObject([{ sku: "A-1", quantity: 5 }])
    expect(readAll([{ odoo_product_id: 0, quantity: 5 }])).toEqual([{ sku: "", unreadable: "sku: must not be empty" }])
  })

  it("may be changes of either sign in a webhook, but only counts in a bulk update", () => {
    expect(read({ sku: "A-1", quantity: -3, adjustment_type: "delta" })).toMatchObject({ quantity: -3, adjustment: "delta" })
    expect(readBulkUpdateItems([{ sku: "A-1", quantity: 3, adjustment_type: "delta" }])[0]).toMatchObject({ adjustment: "absolute" })
  })

  it("are read without their schema only where it would say the same", () => {
    const text = fc.oneof(
      fc.constantFrom("A-1", "Café", "A 1", "8", "8.0"),
      fc.string({ unit: fc.constantFrom(" ", "a", "A", "1", "-", "/", "\u00e9", "\u00a0", "\n", "\u0000") }),
      fc.integer({ min: 254, max: 257 }).map((length) => "x".repeat(length))
    )
    const member = fc.oneof({ weight: 4, arbitrary: text }, fc.constantFrom(false, null, 7, [7, "Main"]))
    const members = {
      sku: member,
      quantity: fc.oneof({ weight: 4, arbitrary: fc.nat() }, fc.double(), fc.constantFrom(-1, -0, 2.5, 12.000000000000002, 2_147_483_648, "3", false)),
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
