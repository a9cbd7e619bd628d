import { stockReader } from "../read-stock"

const locations = [{ id: "loc_1", name: "Main" }, { id: "loc_2", name: "Second" }]
const read = (item: object, more: object = {}) => stockReader({ locations, mapping: { "8": "Second" }, fractionalQuantities: false, ...more })({ sku: "A", ...item })

describe("the quantity of a product", () => {
  it.each([
    [{ quantity: 5, locationId: "loc_1" }, "loc_1"],
    [{ quantity: 5, locationName: "second" }, "loc_2"],
    [{ quantity: 5, warehouseId: "8" }, "loc_2"],
    [{ quantity: 5, locationId: "8", locationName: "WH/Stock" }, "loc_2"],
  ])("belongs where it says: %j", (item, locationId) => {
    expect(read(item)).toEqual({ item: { sku: "A", quantity: 5, quantityIs: "on_hand", locationId }, notes: {} })
  })

  it.each([[{}, "several"], [{ locationId: "nowhere" }, "nowhere"], [{ warehouseId: "9" }, "odoo.locations"]])("is left out where that is not certain, and nothing else is: %j", (place, why) => {
    expect(read({ quantity: 5, title: "Lamp", ...place })).toEqual({ item: { sku: "A", title: "Lamp" }, notes: { stock: "skipped", reason: expect.stringContaining(why) } })
  })

  it("belongs to the shop's only location, and nowhere in a shop without one", () => {
    expect(read({ quantity: 5 }, { locations: locations.slice(0, 1) }).item).toMatchObject({ quantity: 5, locationId: "loc_1" })
    expect(read({ quantity: 5 }, { locations: [] }).notes).toMatchObject({ stock: "skipped", reason: "the shop has no stock location" })
  })

  it("is none below zero and whole pieces of a fraction, unless the shop counts parts", () => {
    const at = (quantity: number, fractionalQuantities = false) => read({ quantity, locationId: "loc_1" }, { fractionalQuantities })
    expect([at(-2.5), at(2.5), at(12.000000000000002)]).toMatchObject([{ item: { quantity: 0 }, notes: { oversold_by: 3 } }, { item: { quantity: 2 }, notes: { rounded_from: 2.5 } }, { item: { quantity: 12 }, notes: {} }])
    expect([at(-2.5, true), at(2.5, true)]).toMatchObject([{ item: { quantity: 0 }, notes: { oversold_by: 2.5 } }, { item: { quantity: 2.5 }, notes: {} }])
  })
})
