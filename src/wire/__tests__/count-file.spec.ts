import { readCountFile, textOfFile } from "../count-file"
import { readCompareItems } from "../schemas/inventory"

/** The items of a file. */
const itemsOf = (text: string) => readCountFile(text).items

describe("a file of counts", () => {
  it.each([
    ["commas", "sku,quantity,location_id,warehouse_name,updated_at\nA-1,5,,Main warehouse,2026-11-21 17:34:58\n"],
    ["semicolons", "sku;quantity;location_id;warehouse_name;updated_at\r\nA-1;5;;Main warehouse;2026-11-21 17:34:58\r\n"],
    ["a byte order mark, quotes, blanks, empty lines and columns that nobody knows", "\uFEFF\"SKU\", Quantity ,name,warehouse_name,updated_at\n\n\"A-1\", 5,\"Shirt, red; blue\",Main warehouse,2026-11-21 17:34:58\n"],
    ["tabs", "sku\tquantity\twarehouse_name\tupdated_at\nA-1\t5\tMain warehouse\t2026-11-21 17:34:58\n"],
    ["Odoo's names", "\"default_code\",\"qty_available\",\"warehouse_name\",\"updated_at\"\n\"A-1\",\"5.0\",\"Main warehouse\",\"2026-11-21 17:34:58\"\n"],
    ["JSON", "[{\"sku\":\"A-1\",\"quantity\":5,\"warehouse_name\":\"Main warehouse\",\"updated_at\":\"2026-11-21 17:34:58\"}]"],
    ["JSON of a request", "\uFEFF {\"items\":[{\"default_code\":\"A-1\",\"qty_available\":5.0,\"warehouse_name\":[1,\"Main warehouse\"],\"updated_at\":\"2026-11-21 17:34:58\"}]}"],
  ])("may be written with %s", (_, text) => {
    expect(readCompareItems(itemsOf(text))).toEqual([
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
    const read = (text: string) => readCompareItems(itemsOf(text))
    expect(read("sku,free_qty\nA-1,5\n")).toMatchObject([{ quantity: 5, quantityIs: "available" }])
    expect(read("sku,free_qty,qty_available\nA-1,5,8\n")).toMatchObject([{ quantity: 8, quantityIs: "on_hand" }])
    expect(read("sku,quantity,quantity_is,free_qty\nA-1,5,available,8\n")).toMatchObject([{ quantity: 5, quantityIs: "available" }])
  })

  it("may have lines that can not be read, which do not spoil the others", () => {
    expect(readCompareItems(itemsOf("sku,quantity\nA-1,\nA-2,one\n,4\nA-3,7\n"))).toMatchObject([
      { sku: "A-1", unreadable: expect.stringContaining("quantity: ") },
      { sku: "A-2", unreadable: "quantity: must be a number" },
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

  it.each([
    ["a workbook of Excel", "PK\u0003\u0004\u0014\0\u0006", "export as CSV"],
    ["an old workbook of Excel", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1", "export as CSV"],
    ["no text at all", "sku,quantity\n\0\u0001", "is no text"],
  ])("is refused without showing it when it is %s", (_, bytes, reason) => {
    expect(() => textOfFile(Buffer.from(bytes, "latin1"))).toThrow(reason)
  })

  it("has no counts where it has no lines", () => {
    expect(itemsOf("sku,quantity\n")).toEqual([])
    expect(itemsOf("")).toEqual([])
  })

  it("may be what Excel saves as Unicode text, or UTF-8", () => {
    const text = "\uFEFFمرجع داخلي\tالكمية في اليد\r\nA-1\t5\r\n"
    for (const encoding of ["utf16le", "utf8"] as const) {
      expect(itemsOf(textOfFile(Buffer.from(text, encoding)))).toEqual([{ sku: "A-1", qty_available: "5" }])
    }
  })

  describe("may be a table that Odoo has exported:", () => {
    const read = (text: string) => readCompareItems(itemsOf(text))
    const onHand = (sku: string, quantity: number, locationName?: string) => ({ sku, quantity, quantityIs: "on_hand", locationName })

    it.each([
      ["in English", "\"Internal Reference\",\"Quantity On Hand\"\r\n\"MUG-WHITE\",\"12.0\"\r\n\"SHIRT-M\",\"1280.0\"\r\n"],
      ["in Arabic", "\uFEFF\"مرجع داخلي\",\"الكمية في اليد\"\r\n\"MUG-WHITE\",\"12.0\"\r\n\"SHIRT-M\",\"1280.0\"\r\n"],
      ["to be imported again", "\"default_code\",\"qty_available\",\"name\"\n\"MUG-WHITE\",\"12.0\",\"Mug\"\n\"SHIRT-M\",\"1280.0\",\"Shirt\"\n"],
      ["saved by a German Excel", "Name;Internal Reference;Quantity On Hand\nMug;MUG-WHITE;12,00\n\"Shirt; M\";SHIRT-M;1.280,00\n"],
      ["with its groups", "Internal Reference,Name,Quantity On Hand\nAll / Saleable (2),,1292.0\nMUG-WHITE,Mug,12.0\nSHIRT-M,Shirt,1280.0\n"],
      ["with its groups in another column, and a total", "Name,Internal Reference,Quantity On Hand\nUndefined (2),,1292.0\nMug,MUG-WHITE,12.0\nShirt,SHIRT-M,1280.0\nTotal,,1292.0\n"],
      ["with a total", "مرجع داخلي,الكمية في اليد\nMUG-WHITE,12.0\nSHIRT-M,1280.0\nالإجمالي,1292.0\n"],
    ])("products %s", (_, text) => {
      expect(read(text)).toMatchObject([onHand("MUG-WHITE", 12), onHand("SHIRT-M", 1280)])
    })

    it.each([
      ["in English", "Internal Reference,Free To Use Quantity "],
      ["in Arabic", "مرجع داخلي,الكميات المتاحة لاستخدامها "],
      ["by name", "default_code,free_qty"],
      ["from its stock", "product_id/default_code,available_quantity"],
    ])("what is free to use, %s", (_, header) => {
      expect(read(`${header}\nMUG-WHITE,12.0\n`)).toMatchObject([{ sku: "MUG-WHITE", quantity: 12, quantityIs: "available" }])
    })

    const isParts = (text: string) => readCountFile(text).areParts

    it.each([
      ["by name", "\"product_id/default_code\",\"quantity\",\"location_id\""],
      ["by the location's full name", "product_id/default_code,quantity,location_id/complete_name"],
      ["in English", "Product/Internal Reference,Quantity,Location"],
      ["in English, by the location's full name", "Product/Internal Reference,Quantity,Location/Full Location Name"],
      ["in Arabic", "المنتج/مرجع داخلي,الكمية,الموقع"],
      ["in Arabic, with Odoo's blanks, by the location's full name", "المنتج/مرجع داخلي ,الكمية ,الموقع /اسم الموقع بالكامل "],
      ["half translated", "المنتج/Internal Reference,الكمية في المخزون,الموقع"],
    ])("stock with its locations, %s; its lines are parts that add up", (_, header) => {
      const text = `${header}\nSHIRT-M,1250.0,WH/Stock\nSHIRT-M,-0.1,WH/Stock\nSHIRT-M,7.0,WH/Stock/Shelf 1\nMUG-WHITE,12.0,Partners/Customers\n`
      expect(read(text)).toMatchObject([
        onHand("SHIRT-M", 1250, "WH/Stock"), onHand("SHIRT-M", -0.1, "WH/Stock"), onHand("SHIRT-M", 7, "WH/Stock/Shelf 1"),
        onHand("MUG-WHITE", 12, "Partners/Customers"),
      ])
      expect(isParts(text)).toBe(true)
    })

    it.each([
      "product_id/default_code,quantity,location_id,warehouse_id",
      "Product/Internal Reference,Inventoried Quantity,Location,Warehouse",
      "Product/Internal Reference,Inventoried Quantity,Location/Full Location Name,Location/Warehouse",
    ])("stock with its warehouses, and what is in no warehouse is left out: %s", (header) => {
      const rows = "SHIRT-M,1250.0,WH/Stock,My Company\nSHIRT-M,-1280.0,Inventory adjustment,\nSHIRT-M,30.0,WH/Stock/Shelf 1,My Company\n"
      expect(read(`${header}\n${rows}`)).toMatchObject([onHand("SHIRT-M", 1250, "My Company"), onHand("SHIRT-M", 30, "My Company")])
    })

    it.each([
      "Product/Internal Reference,Quantity,Location/Location Type",
      "Product/Internal Reference,Quantity,Location/Location Name",
      "product_id/default_code,quantity,location_id/usage",
      "المنتج/مرجع داخلي,الكمية,الموقع/نوع الموقع",
    ])("stock of which only something else of its locations is told is refused: %s", (header) => {
      expect(() => read(`${header}\nSHIRT-M,50.0,internal\nSHIRT-M,7.0,customer\n`)).toThrow("no column that tells its locations")
    })

    it("products are no parts", () => {
      expect(isParts("Internal Reference,Quantity On Hand\nMUG-WHITE,12.0\n")).toBe(false)
    })

    it("a location of Medusa's stays one, and one of Odoo's is a name", () => {
      const [shop, odoo, number, own] = read("default_code,qty_available,location_id\nA,1.0,sloc_1\nA,1.0,WH/Stock\nA,1.0,8\nA,1.0,mine\n")
      expect([shop, odoo, number, own]).toMatchObject([
        { locationId: "sloc_1", locationName: undefined }, { locationName: "WH/Stock" }, { locationId: "8" }, { locationId: "mine" },
      ])
    })

    it("a SKU that looks like the heading of a group is a SKU", () => {
      expect(read("sku,quantity,name\nSHIRT (2),5,Shirt\nSHIRT (3),6,\nMUG,7,\n")).toMatchObject([{ quantity: 5 }, { quantity: 6 }, { quantity: 7 }])
    })
  })

  describe("has its quantities read as they are meant, or not at all:", () => {
    const quantities = (...cells: string[]) =>
      readCompareItems(itemsOf(`sku;quantity\n${cells.map((cell, index) => `A-${String(index)};"${cell}"\n`).join("")}`)).map((item) => "quantity" in item ? item.quantity : item.unreadable)

    it.each([
      [["1,234.00", "5.0", "1,234"], [1234, 5, 1234]],
      [["1.234,00", "5,0", "1.234", "12.345.678"], [1234, 5, 1234, 12345678]],
      [["1.234.567", "1.234", "7"], [1234567, 1234, 7]],
      [["1 234", "1\u00a0234,0", "1\u202f234", "1'234"], [1234, 1234, 1234, 1234]],
      [["1234.000", "0", "75"], [1234, 0, 75]],
    ])("%j", (cells, expected) => {
      expect(quantities(...cells)).toEqual(expected)
    })

    it.each([
      [["1.234", "7"], "The quantity 1.234 may be 1234 or 1.234."],
      [["7", "1,234"], "The quantity 1,234 may be 1234 or 1.234."],
      [["1,5", "1.5"], "Some quantities of the file have a decimal point, others a decimal comma."],
    ])("%j is refused", (cells, reason) => {
      expect(() => quantities(...cells)).toThrow(reason)
    })

    it("one that is no number spoils nothing but itself", () => {
      expect(quantities("1,234.0", "12,34,56", "1.2.3", "five", "8")).toEqual([1234, expect.any(String), expect.any(String), expect.any(String), 8])
    })
  })
})
