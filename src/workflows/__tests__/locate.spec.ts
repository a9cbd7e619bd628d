import { locationFinder } from "../ingest-inventory/locate"

const LOCATIONS = [
  { id: "sloc_main", name: "Main warehouse" },
  { id: "sloc_shop", name: "WH/Stock" },
  { id: "sloc_1", name: "Twin" },
  { id: "sloc_2", name: "twin " },
]

const find = locationFinder(LOCATIONS, null, { 8: "sloc_main", "WH2/Stock": "main WAREHOUSE", North: "sloc_gone" })

describe("the location of a stock", () => {
  it.each([
    ["by Medusa's id", { locationId: "sloc_shop" }, "sloc_shop"],
    ["by the id of a location of Odoo's that is mapped", { locationId: "8" }, "sloc_main"],
    ["by the id of a warehouse of Odoo's that is mapped", { warehouseId: "8" }, "sloc_main"],
    ["by a complete name that is mapped", { locationId: "18", locationName: "wh2/stock" }, "sloc_main"],
    ["by a name that is a stock location's", { locationId: "18", locationName: "WH/Stock" }, "sloc_shop"],
    ["by a warehouse's name that is a stock location's", { warehouseId: "3", locationName: " Main Warehouse" }, "sloc_main"],
    ["by a name in the place of an id", { locationId: "wh/stock" }, "sloc_shop"],
  ])("is found %s", (_, place, id) => {
    expect(find(place)).toMatchObject({ id })
  })

  it.each([
    [{ locationId: "sloc_no" }, "there is no stock location sloc_no"],
    [{ locationName: "The moon" }, "there is no stock location named The moon"],
    [{ locationId: "9" }, "Odoo's location 9 is no stock location of the shop: say which one it is in the option odoo.locations"],
    [{ locationId: "9", locationName: "WH/Output" }, "Odoo's location 9 (WH/Output) is no stock location"],
    [{ warehouseId: "3", locationName: "South" }, "Odoo's warehouse 3 (South) is no stock location"],
    [{ warehouseId: "3" }, "Odoo's warehouse 3 is no stock location"],
    [{ locationName: "Twin" }, "several stock locations are named Twin"],
    [{ locationName: "North" }, "the option odoo.locations leads to sloc_gone, which is no stock location of the shop"],
  ])("is said to be missing: %j", (place, missing) => {
    expect(find(place)).toEqual({ missing: expect.stringContaining(missing) as string })
  })

  it("is the default one, else the only one, where none is named", () => {
    expect(find({})).toBeUndefined()
    expect(locationFinder(LOCATIONS, "sloc_1")({})).toEqual({ id: "sloc_1" })
    expect(locationFinder(LOCATIONS.slice(0, 1), null)({})).toEqual({ id: "sloc_main" })
  })
})
