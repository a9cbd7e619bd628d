import { productBody, productWebhookBody, readBulkProducts, readProductWebhook } from "../schemas/products"

const read = (body: unknown) => productBody.parse(body)

const webhook = (product: object, event = "product.updated") => readProductWebhook(productWebhookBody.parse({ event_type: event, product }))

const refusedAt = (body: unknown) => productBody.safeParse(body).error?.issues.map(({ path }) => path.join(".")) ?? []

describe("what Odoo says of a product", () => {
  it.each([
    ["sku", { default_code: " A 1 " }, { sku: "A 1" }],
    ["sku", { sku: false, default_code: "A" }, { sku: "A" }],
    ["sku", { sku: 1001 }, { sku: "1001" }],
    ["sku", { sku: "a cable, 2 m, blue (old: B-7)" }, { sku: "a cable, 2 m, blue (old: B-7)" }],
    ["id", { sku: "A", odoo_id: 7 }, { odooId: "7" }],
    ["id", { sku: "A", id: [7, "[A] Lamp"] }, { odooId: "7" }],
    ["template", { sku: "A", product_tmpl_id: [3, "Lamp"] }, { templateId: "3" }],
    ["template", { sku: "A", odoo_product_tmpl_id: "4.0" }, { templateId: "4" }],
    ["template", { sku: "A", odoo_product_tmpl_id: 4.0 }, { templateId: "4" }],
    ["brand", { sku: "A", brand: [3, "Acme"] }, { brand: "Acme" }],
    ["brand", { sku: "A", brand: ["3", "Acme"] }, { brand: "Acme" }],
    ["brand", { sku: "A", brand: 7 }, { brand: undefined }],
    ["brand", { sku: "A", brand: "" }, { brand: null }],
    ["title", { sku: "A", name: "مصباح" }, { title: "مصباح" }],
    ["title", { sku: "A", title: false, name: "Lamp" }, { title: "Lamp" }],
    ["description", { sku: "A", description_sale: "two\nlines" }, { description: "two\nlines" }],
    ["description", { sku: "A", description: false }, { description: null }],
    ["description", { sku: "A", description: "" }, { description: null }],
    ["price", { sku: "A", price: "5000" }, { price: { value: "5000", unit: "wire" } }],
    ["price", { sku: "A", price: 5000.0, list_price: 9 }, { price: { value: "5000", unit: "wire" } }],
    ["price", { sku: "A", list_price: "5.25" }, { price: { value: "5.25", unit: "major" } }],
    ["price", { sku: "A", price: false, lst_price: 0.1 }, { price: { value: "0.1", unit: "major" } }],
    ["currency", { sku: "A", currency_id: [125, "KWD"] }, { currencyCode: "kwd" }],
    ["barcode", { sku: "A", barcode: "(EAN-13): 6291041500213" }, { barcode: "6291041500213" }],
    ["barcode", { sku: "A", barcode: 6291041500213 }, { barcode: "6291041500213" }],
    ["barcode", { sku: "A", barcode: "(01)06291041500213" }, { barcode: "(01)06291041500213" }],
    ["barcode", { sku: "A", barcode: "(EAN-13): " }, { barcode: null }],
    ["barcode", { sku: "A", barcode: false }, { barcode: null }],
    ["weight", { sku: "A", weight: 250 }, { weight: 250 }],
    ["weight", { sku: "A", weight: "1.5", weight_unit: "KG" }, { weight: 1500 }],
    ["weight", { sku: "A", weight: 1, weight_unit: "lbs" }, { weight: 454 }],
    ["weight", { sku: "A", weight: 3, weight_unit: "oz" }, { weight: 85 }],
    ["weight", { sku: "A", weight: 0 }, { weight: undefined }],
    ["country", { sku: "A", origin_country: "KW" }, { originCountry: "kw" }],
    ["country", { sku: "A", origin_country: [122, "Kuwait"] }, { originCountry: undefined }],
    ["country", { sku: "A", origin_country: [122, "KW"] }, { originCountry: "kw" }],
    ["country", { sku: "A", origin_country: 122 }, { originCountry: undefined }],
    ["country", { sku: "A", origin_country: "" }, { originCountry: null }],
    ["categories", { sku: "A", category_handle: [7, "Lights"] }, { categories: [{ handle: "lights", name: undefined }] }],
    ["categories", { sku: "A", category_handle: 7 }, { categories: undefined }],
    ["categories", { sku: "A", categories: [7] }, { categories: undefined }],
    ["categories", { sku: "A", categories: [] }, { categories: [] }],
    ["tags", { sku: "A", tags: [4] }, { tags: undefined }],
    ["tags", { sku: "A", tags: [] }, { tags: [] }],
    ["categories", { sku: "A", categ_id: [4, "All / Saleable"] }, { categories: [{ path: ["All", "Saleable"] }] }],
    ["categories", { sku: "A", categ_id: 4 }, { categories: undefined }],
    ["categories", { sku: "A", category_handle: "Desk Lamps", category_name: "Lamps" }, { categories: [{ handle: "desk-lamps", name: "Lamps" }] }],
    ["categories", { sku: "A", categories: ["A/B", 3, { complete_name: "C / D" }, { handle: "e" }] }, { categories: [{ path: ["A", "B"] }, { path: ["C", "D"] }, { handle: "e", name: undefined }] }],
    ["tags", { sku: "A", tags: ["x", [3, "y"], { name: "z" }, 7, "x"] }, { tags: ["x", "y", "z"] }],
    ["tags", { sku: "A", tags: [["3", "y"], [4, 5], ["6"]] }, { tags: ["y", "5"] }],
    ["images", { sku: "A", images: ["https://a.example/1", { url: "https://a.example/0", position: -1 }] }, { images: { urls: ["https://a.example/0", "https://a.example/1"], thumbnail: "https://a.example/0" } }],
    ["images", { sku: "A", images: [{ url: "https://a.example/1", position: "1" }, { url: "https://a.example/0", position: "0.0" }] }, { images: { urls: ["https://a.example/0", "https://a.example/1"], thumbnail: "https://a.example/0" } }],
    ["attributes", { sku: "A", attributes: {} }, { attributes: undefined }],
    ["attributes", { sku: "A", attributes: { Color: [3, "Black"], Size: 42, Fit: false } }, { attributes: [["Color", "Black"], ["Size", "42"]] }],
    ["attributes", { sku: "A", attributes: { Color: ["3", "Black"], Size: [4, 42], Fit: [5, false] } }, { attributes: [["Color", "Black"], ["Size", "42"]] }],
    ["inventory", { sku: "A", inventory: { quantity: "75.0", manage_inventory: false, allow_backorder: null } }, { quantity: 75, manageInventory: false, allowBackorder: undefined }],
    ["wrapper", { product: { sku: "A", title: "Lamp" } }, { sku: "A", title: "Lamp" }],
    ["inventory", { sku: "A", inventory: { quantity: "", manage_inventory: "", allow_backorder: "True" }, qty_available: 4, free_qty: 3 }, { quantity: 4, quantityIs: "on_hand", manageInventory: undefined, allowBackorder: true }],
    ["inventory", { sku: "A", free_qty: "3.0", warehouse_id: [2, "Main"] }, { quantity: 3, quantityIs: "available", warehouseId: "2", locationName: "Main" }],
    ["inventory", { sku: "A", quantity: 5, location_id: 8, inventory: { location_id: "sloc_1" } }, { quantity: 5, locationId: "sloc_1" }],
    ["lifecycle", { sku: "A", active: false }, { lifecycle: "archive" }],
    ["lifecycle", { sku: "A", active: 1 }, { lifecycle: "restore" }],
    ["lifecycle", { sku: "A", active: "" }, { lifecycle: undefined }],
    ["title", { sku: "A", title: " ", name: "Lamp" }, { title: "Lamp" }],
    ["title", { sku: "A", title: "" }, { title: undefined }],
    ["title", { sku: "A", product_tmpl_id: 3, name: "[A] Shirt (M, Red)", attributes: { Size: "M", Color: "Red" } }, { title: "Shirt" }],
    ["title", { sku: "A", name: "[A] Shirt (M, Red)", attributes: { Size: "M", Color: "Red" } }, { title: "[A] Shirt (M, Red)" }],
    ["id", { odoo_id: "", id: 7, sku: false }, { odooId: "7", sku: "" }],
    ["template", { sku: "A", product_tmpl_id: false }, { templateId: undefined }],
    ["currency", { sku: "A", currency_id: 94 }, { currencyCode: undefined }],
    ["currency", { sku: "A", currency_id: "94" }, { currencyCode: undefined }],
    ["currency", { sku: "A", currency_code: " " }, { currencyCode: undefined }],
    ["price", { sku: "A", price: "", list_price: " " }, { price: undefined }],
    ["prices", { sku: "A", prices: [{ currency_code: "usd", amount: "" }, { currency_id: [2, "EUR"], amount: 5 }] }, { prices: [{ currencyCode: "eur", amount: { value: "5", unit: "wire" } }] }],
    ["compare price", { sku: "A", compare_at_price: false }, { compareAtPrice: null }],
    ["compare price", { sku: "A", compare_at_price: false, compare_list_price: 2 }, { compareAtPrice: { value: "2", unit: "major" } }],
    ["compare price", { sku: "A", compare_at_price: null }, { compareAtPrice: undefined }],
    ["cost", { sku: "A", standard_price: "" }, { costPrice: null }],
    ["description", { sku: "A", description: false, description_sale: "two" }, { description: "two" }],
    ["description", { sku: "A", description: "two", description_sale: false }, { description: "two" }],
    ["description", { sku: "A", description: null }, { description: undefined }],
    ["weight", { sku: "A", weight: false }, { weight: null }],
    ["weight", { sku: "A", weight: "", weight_unit: "" }, { weight: null }],
    ["weight", { sku: "A", weight: 2, weight_unit: [12, "kg"] }, { weight: 2000 }],
    ["weight", { sku: "A", weight: 2, weight_unit: 12 }, { weight: 2 }],
    ["brand", { sku: "A", brand: false }, { brand: null }],
    ["brand", { sku: "A", brand: [7, false] }, { brand: undefined }],
    ["country", { sku: "A", origin_country: false }, { originCountry: null }],
    ["categories", { sku: "A", category_name: "", category_handle: "", categories: ["", { handle: "" }] }, { categories: undefined }],
    ["categories", { sku: "A", category_name: "", categories: ["", "A"] }, { categories: [{ path: ["A"] }] }],
    ["handle", { sku: "A", handle: " " }, { handle: undefined }],
    ["status", { sku: "A", status: "" }, { status: undefined }],
    ["tags", { sku: "A", tags: ["", false] }, { tags: [] }],
    ["tags", { sku: "A", tags: false }, { tags: [] }],
    ["tags", { sku: "A", tags: [[4], "x", { name: "" }] }, { tags: ["x"] }],
    ["tags", { sku: "A", tags: [[4], ""] }, { tags: undefined }],
    ["images", { sku: "A", images: [{ url: false }, ""] }, { images: { urls: [], thumbnail: null } }],
    ["images", { sku: "A", images: false }, { images: { urls: [], thumbnail: null } }],
    ["images", { sku: "A", images: null }, { images: undefined }],
    ["images", { sku: "A", images: [{ url: "https://a.example/1", position: "", is_thumbnail: "" }, { url: "" }] }, { images: { urls: ["https://a.example/1"], thumbnail: "https://a.example/1" } }],
    ["attributes", { sku: "A", attributes: { Color: "", Size: " " } }, { attributes: undefined }],
    ["translations", { sku: "A", translations: { ar: { title: "", description: false }, fr: false } }, { translations: { ar: { title: null, description: null } } }],
    ["translations", { sku: "A", translations: "" }, { translations: undefined }],
    ["metadata", { sku: "A", metadata: "" }, { metadata: undefined }],
    ["unknown members", { sku: "A", uom_id: [1, "Units"], write_date: "2026-11-21 17:34:58.123456" }, { sku: "A" }],
    ["translations", { sku: "A", translations: { ar_KW: { title: "أ" } } }, { translations: { "ar-KW": { title: "أ" } } }],
  ])("is understood in its drifted forms: %s of %j", (_, body, expected) => {
    const statement = read(body)
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, statement[key as keyof typeof statement]]))).toEqual(expected)
  })

  it.each([
    [{}, ["sku"]],
    [{ sku: "" }, ["sku"]],
    [{ sku: "a\nb" }, ["sku"]],
    [{ sku: "x".repeat(256) }, ["sku"]],
    [{ sku: "A", price: "5,00" }, ["price"]],
    [{ sku: "A", price: -1 }, ["price"]],
    [{ sku: "A", price: 1e300 }, ["price"]],
    [{ sku: "A", currency_code: "dinar" }, ["currency_code"]],
    [{ sku: "A", prices: [{ currency_code: "usd" }] }, ["prices.0.amount"]],
    [{ sku: "A", status: "sold" }, ["status"]],
    [{ sku: "A", weight_unit: "stone" }, ["weight_unit"]],
    [{ sku: "A", attributes: { "": "x" } }, ["attributes."]],
    [{ sku: "A", attributes: ["Color"] }, ["attributes"]],
    [{ sku: "A", attributes: { Size: ["S", "M"] } }, ["attributes.Size"]],
    [{ sku: "A", attributes: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`o${String(index)}`, "v"])) }, ["attributes"]],
    [{ sku: "A", origin_country: "Kuwait" }, ["origin_country"]],
    [{ sku: "A", title_ar: "\ud800" }, ["title_ar"]],
    [{ sku: "A", metadata: { "\0": 1 } }, ["metadata"]],
    [{ sku: "A", metadata: [] }, ["metadata"]],
    [{ sku: "A", images: [{ url: "file:///etc/passwd" }] }, ["images.0.url"]],
    [{ sku: "A", images: [{ src: "https://a.example/1" }] }, ["images.0.url"]],
    [{ sku: "A", prices: [{ currency_code: "KWDX", amount: 1 }] }, ["prices.0.currency_code"]],
  ])("is refused where it can not be meant: %j", (body, paths) => {
    expect(refusedAt(body)).toEqual(paths)
  })

  it("is refused when it is nested beyond measure", () => {
    const deep = JSON.parse(`{"sku":"A","metadata":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`) as unknown
    expect(refusedAt(deep)).toEqual(["metadata.a"])
  })

  it("sets nothing by __proto__", () => {
    const body = JSON.parse(`{"sku":"A","__proto__":{"title":"x"},"metadata":{"__proto__":{"y":1},"z":2},"attributes":{"__proto__":"w"}}`) as unknown
    const statement = read(body)
    expect(statement.title).toBeUndefined()
    expect(Object.entries(statement.metadata ?? {})).toEqual([["z", 2]])
    expect(statement.attributes).toBeUndefined()
  })

  it("is read one by one in a bulk", () => {
    expect(readBulkProducts([{ sku: "A" }, { default_code: "B", price: "x" }, null, 7])).toMatchObject([
      { sku: "A" },
      { sku: "B", unreadable: "price: must be a number" },
      { sku: "", unreadable: expect.any(String) },
      { sku: "", unreadable: expect.any(String) },
    ])
  })
})

describe("a product webhook", () => {
  it("says whether the product is there", () => {
    expect(webhook({ sku: "A" }).lifecycle).toBeUndefined()
    expect(webhook({ sku: "A", active: true }).lifecycle).toBe("restore")
    expect(webhook({ sku: "A", active: false }).lifecycle).toBe("archive")
    expect(webhook({ sku: "A", active: true }, "product.deleted").lifecycle).toBe("archive")
  })

  it("counts as Odoo does, below zero and in fractions, and weighs in kg", () => {
    expect([-3, "12.0", 2.7, false, ""].map((qty_available) => webhook({ sku: "A", qty_available }).quantity)).toEqual([-3, 12, 2.7, undefined, undefined])
    expect(webhook({ sku: "A", weight: 0.25 }).weight).toBe(250)
  })

  it("may have the product at the top level, and no SKU where there is an id", () => {
    const item = readProductWebhook(productWebhookBody.parse({ event: "product.updated", id: 7, default_code: false, name: "Lamp", active: true }))
    expect(item).toMatchObject({ sku: "", odooId: "7", title: "Lamp", lifecycle: "restore" })
  })

  it("is refused with an unknown event, or about nothing", () => {
    const paths = (body: unknown) => productWebhookBody.safeParse(body).error?.issues.map(({ path }) => path.join("."))
    expect(paths({ event_type: "product.exploded", product: { sku: "A" } })).toEqual(["event_type"])
    expect(paths({ event_type: "product.updated", product: { name: "A" } })).toEqual(["product.sku"])
    expect(paths([])).toBeDefined()
    expect(paths(null)).toBeDefined()
  })
})
