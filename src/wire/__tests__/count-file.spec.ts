import { readCountFile } from "../count-file"
import { readCompareItems } from "../schemas/inventory"

describe("a file of counts", () => {
  it.each([
    ["commas", "sku,quantity,location_id,warehouse_name,updated_at\nA-1,5,,Main warehouse,2026-11-21 17:34:58\n"],
    ["semicolons", "sku;quantity;location_id;warehouse_name;updated_at\r\nA-1;5;;Main warehouse;2026-11-21 17:34:58\r\n"],
    ["a byte order mark, quotes, blanks, empty lines and columns that nobody knows", "\uFEFF\"SKU\", Quantity ,name,warehouse_name,updated_at\n\n\"A-1\", 5,\"Shirt, red; blue\",Main warehouse,2026-11-21 17:34:58\n"],
    ["Odoo's names", "\"default_code\",\"qty_available\",\"warehouse_name\",\"updated_at\"\n\"A-1\",\"5.0\",\"Main warehouse\",\"2026-11-21 17:34:58\"\n"],
    ["JSON", "[{\"sku\":\"A-1\",\"quantity\":5,\"warehouse_name\":\"Main warehouse\",\"updated_at\":\"2026-11-21 17:34:58\"}]"],
    ["JSON of a request", "\uFEFF {\"items\":[{\"default_code\":\"A-1\",\"qty_available\":5.0,\"warehouse_name\":[1,\"Main warehouse\"],\"updated_at\":\"2026-11-21 17:34:58\"}]}"],
  ])("may be written with %s", (_, text) => {
    expect(readCompareItems(readCountFile(text))).toEqual([
      {
        sku: "A-1",
        quantity: 5,
        adjustment: "absolute",
        quantityIs: /qty_available/.test(text) ? "on_hand" : undefined,
        locationId: undefined,
        locationName: "Main warehouse",
        statedAt: Date.UTC(2026, 10, 21, 17, 34, 58),
      },
    ])
  })

  it("says by the column what a count is of; the wire's own name comes first", () => {
    const read = (text: string) => readCompareItems(readCountFile(text))
    expect(read("sku,free_qty\nA-1,5\n")).toMatchObject([{ quantity: 5, quantityIs: "available" }])
    expect(read("sku,free_qty,qty_available\nA-1,5,8\n")).toMatchObject([{ quantity: 8, quantityIs: "on_hand" }])
    expect(read("sku,quantity,quantity_is,free_qty\nA-1,5,available,8\n")).toMatchObject([{ quantity: 5, quantityIs: "available" }])
  })

  it("may have lines that can not be read, which do not spoil the others", () => {
    expect(readCompareItems(readCountFile("sku,quantity\nA-1,\nA-2,1.5\n,4\nA-3,7\n"))).toMatchObject([
      { sku: "A-1", unreadable: expect.stringContaining("quantity: ") },
      { sku: "A-2", unreadable: "quantity: must be a whole number" },
      { sku: "", unreadable: expect.stringContaining("sku: ") },
      { sku: "A-3", quantity: 7 },
    ])
  })

  it.each([
    ["a table without SKUs", "name,quantity\nA-1,5\n", "no column sku or default_code; its columns are name, quantity"],
    ["a table without counts", "sku;price\nA-1;5\n", "no column quantity or qty_available or free_qty"],
    ["lines of different lengths", "sku,quantity\nA-1,5,6\n", "can not be read as CSV"],
    ["a quote that is left open", "sku,quantity\n\"A-1,5\n", "can not be read as CSV"],
    ["broken JSON", "[{\"sku\":", "not valid JSON"],
    ["JSON without a list", "{\"sku\":\"A-1\"}", "must hold a list"],
  ])("is refused with the reason when it is %s", (_, text, reason) => {
    expect(() => readCountFile(text)).toThrow(reason)
  })

  it("has no counts where it has no lines", () => {
    expect(readCountFile("sku,quantity\n")).toEqual([])
    expect(readCountFile("")).toEqual([])
  })
})
