import type { BulkProductItem, ProductItem } from "../../../wire/product-statement"
import type { Catalogue, CatalogueProduct, CatalogueVariant } from "../catalogue"
import { planProducts } from "../plan-products"
import { noWrites } from "../writes"

const variant = (sku: string, more: Partial<CatalogueVariant> = {}): CatalogueVariant => ({
  id: `variant_${sku}`, product_id: "prod_1", sku, title: sku, variant_rank: 0, barcode: null, hs_code: null, origin_country: null, weight: null,
  manage_inventory: true, allow_backorder: false, metadata: null, price_set_id: `pset_${sku}`,
  prices: [{ id: `price_${sku}`, currency_code: "kwd", amount: "5" }], options: [{ title: "Size", value: sku }],
  inventory_items: [{ id: `item_${sku}`, sku }], ...more,
})

const product = (variants: CatalogueVariant[], more: Partial<CatalogueProduct> = {}): CatalogueProduct => ({
  id: "prod_1", title: "Shirt", handle: "shirt", status: "published", description: null, thumbnail: null, weight: null, hs_code: null,
  origin_country: null, metadata: null, images: [], tags: [], category_ids: [],
  options: [{ id: "opt_1", title: "Size", values: variants.map(({ sku }) => ({ id: `optval_${sku ?? ""}`, value: sku ?? "" })) }],
  variants, ...more,
})

const textOf = (id: unknown) => (typeof id === "number" ? String(id) : null)

const catalogueOf = (products: CatalogueProduct[], more: Partial<Catalogue> = {}): Catalogue => ({
  shop: {
    currency_code: "kwd", currencies: ["kwd", "usd", "jpy"], sales_channel_id: "sc_1", shipping_profile_id: "sp_1", shipping_profile_name: "Goods", is_shipped: true,
    locales: [], amountUnit: "minor", locations: [{ id: "loc_1", name: "Main" }], mapping: {}, fractionalQuantities: false,
  },
  products: new Map(products.map((one) => [one.id, one])),
  matches: products.flatMap(({ variants }) =>
    variants.map(({ id, product_id, sku, metadata }) => ({ id, product_id, sku, odoo_id: textOf(metadata?.odoo_id) }))
  ),
  templates: new Map(products.map(({ id, metadata }) => [textOf(metadata?.odoo_product_tmpl_id) ?? "", id])),
  selling: new Map(), categories: [], tags: new Map(), handles: new Set(products.map(({ handle }) => handle)), barcodes: new Map(), items: new Map(),
  levels: new Map(), translations: null, ...more,
})

const plan = (items: BulkProductItem[], catalogue: Catalogue) => {
  let count = 0
  const { writes, plans } = planProducts(new Map(items.entries()), catalogue, (prefix) => `${prefix}_new${String((count += 1))}`)
  return { writes, plans: items.map((_, index) => plans.get(index)!) }
}

const price = (value: string) => ({ value, unit: "wire" as const })
const outcome = (items: BulkProductItem[], catalogue: Catalogue) =>
  plan(items, catalogue).plans.map((one) => (one.action === "refused" ? one.error.code : one.action))

describe("the plan of a batch", () => {
  const one = catalogueOf([product([variant("S"), variant("M")])])

  it("writes nothing where nothing differs, however an amount is written", () => {
    const { writes, plans } = plan([{ sku: "S", title: "Shirt", price: price("5000"), tags: [], images: { urls: [], thumbnail: null }, attributes: [["Size", "S"]] }], one)
    expect(plans).toMatchObject([{ action: "unchanged", changes: [] }])
    expect(writes).toEqual(noWrites())
  })

  it("is exact to the currency's last unit", () => {
    const prices = [{ currencyCode: "usd", amount: price("1999") }, { currencyCode: "jpy", amount: price("500") }]
    const { writes } = plan([{ sku: "S", price: price("5001"), prices }], one)
    expect(writes.prices).toMatchObject([{
      prices: [{ id: "price_S", currency_code: "kwd", amount: "5.001" }, { currency_code: "usd", amount: "19.99" }, { currency_code: "jpy", amount: "500" }],
      previous: [{ id: "price_S", currency_code: "kwd", amount: "5" }],
    }])
  })

  it("takes a SKU that comes twice for one, of which the later decides", () => {
    const { writes, plans } = plan([{ sku: "N", title: "A", price: price("1") }, { sku: "N", title: "B" }], one)
    expect(plans.map(({ action }) => action)).toEqual(["create", "unchanged"])
    expect(writes.products).toMatchObject([{ title: "B", variants: [{ sku: "N" }] }])
  })

  it("adds up what a SKU that comes twice says of prices, metadata, texts, attributes and stock", () => {
    const shop = { ...one.shop, locations: [{ id: "loc_1", name: "Main" }, { id: "loc_2", name: "Second" }] }
    const said: ProductItem[] = [
      {
        sku: "N", title: "A", price: price("1999"), currencyCode: "usd", metadata: { a: 1, c: 1 }, quantity: 3, locationId: "loc_2",
        translations: { ar: { title: "أ" } }, attributes: [["Color", "Black"]],
      },
      { sku: "n", price: price("5000"), metadata: { b: 1, c: 2 }, quantity: 6, locationId: "loc_1", translations: { ar: { description: "ب", title: undefined } }, attributes: [["Size", "S"]] },
      { sku: "N", quantity: 7, locationId: "loc_1" },
    ]
    const { writes, plans } = plan(said, catalogueOf([], { shop }))
    expect(plans.map(({ action }) => action)).toEqual(["create", "unchanged", "unchanged"])
    const [made] = writes.products
    expect(made?.variants).toMatchObject([{
      sku: "N", title: "Black / S", options: { Color: "Black", Size: "S" },
      prices: [{ currency_code: "usd", amount: "19.99" }, { currency_code: "kwd", amount: "5" }],
    }])
    expect(made?.metadata).toEqual({ a: 1, b: 1, c: 2, translations: { ar: { title: "أ", description: "ب" } } })
    expect(writes.stock).toMatchObject([{ locationId: "loc_2", quantity: 3 }, { locationId: "loc_1", quantity: 7 }])
    // what was sent stays what it was: it is planned anew before it is written
    expect(said[0]).toMatchObject({ metadata: { a: 1, c: 1 }, attributes: [["Color", "Black"]] })
  })

  it("keeps a count for each location of a variant that is there", () => {
    const shop = { ...one.shop, locations: [{ id: "loc_1", name: "Main" }, { id: "loc_2", name: "Second" }] }
    const levels = new Map([["item_S", [{ location_id: "loc_1", quantity: 6, reserved: 2, stated_at: null }]]])
    const { writes } = plan([{ sku: "S", quantity: 3, locationId: "loc_2" }, { sku: "S", quantity: 6, locationId: "loc_1" }], { ...one, shop, levels })
    expect(writes.stock).toMatchObject([{ sku: "S", locationId: "loc_2", quantity: 3 }])
  })

  it("holds ten thousand that share a title, a SKU or a product", () => {
    const many = (item: (index: number) => Partial<ProductItem>) =>
      Array.from({ length: 10_000 }, (_, index): ProductItem => ({ sku: `N-${String(index)}`, title: "A", price: price("1"), ...item(index) }))
    const shirts = product(Array.from({ length: 10_000 }, (_, index) => variant(`N-${String(index)}`)))
    expect(new Set(plan(many(() => ({})), catalogueOf([])).writes.products.map(({ handle }) => handle)).size).toBe(10_000)
    plan(many((index) => ({ sku: "N", metadata: { [`k${String(index)}`]: 1 } })), catalogueOf([]))
    const { writes } = plan(many((index) => ({ attributes: [["Size", `to ${String(index)}`]], metadata: { [`k${String(index)}`]: 1 } })), catalogueOf([shirts]))
    expect(writes.valuesRemoved).toMatchObject([{ remove: { length: 10_000 } }])
  })

  it("knows which currencies there are", () => {
    expect(plan([{ sku: "S", price: price("1"), currencyCode: "zzz" }], one).plans).toMatchObject([{ error: { code: "VALIDATION_ERROR", details: { issues: [{ path: "currency_code" }] } } }])
    const prices = [{ currencyCode: "usd", amount: price("1") }, { currencyCode: "zzz", amount: price("1") }]
    expect(plan([{ sku: "S", prices }], one).plans).toMatchObject([{ error: { code: "VALIDATION_ERROR", details: { issues: [{ path: "prices[1].currency_code" }] } } }])
  })

  it("leaves the options of which nothing is said, and follows one that is called otherwise", () => {
    const options = [{ title: "Color", value: "Black" }, { title: "Size", value: "S" }]
    const shirt = catalogueOf([product([variant("S", { title: "Black / S", options })], {
      options: options.map(({ title, value }) => ({ id: `opt_${title}`, title, values: [{ id: `optval_${value}`, value }] })),
    })])
    const sent = (attributes: [string, string][]) => plan([{ sku: "S", attributes }], shirt).writes
    expect(sent([["size", "M"]])).toMatchObject({ variantUpdates: [{ title: "Black / M" }], productUpdates: [{ variants: [{ options: { Color: "Black", Size: "M" } }] }] })
    expect(sent([["Fit", "Slim"]])).toMatchObject({ productUpdates: [{ variants: [{ options: { Color: "Black", Size: "S", Fit: "Slim" } }] }] })
    expect(sent([["Colour", "Black"], ["Size", "S"]])).toMatchObject({ productUpdates: [{ variants: [{ options: { Colour: "Black", Size: "S" } }] }] })
    expect(sent([["Size", "S"], ["Color", "Black"]]).productUpdates).toEqual([])
  })

  it("takes a number at the end of a handle for ours only where the handle itself is another's", () => {
    const phone = (taken: string[]) => catalogueOf([product([variant("S")], { handle: "iphone-15" })], { handles: new Set(["iphone-15", ...taken]) })
    expect(plan([{ sku: "S", handle: "iphone" }], phone([])).writes.productUpdates).toEqual([{ id: "prod_1", handle: "iphone" }])
    expect(plan([{ sku: "S", handle: "iphone" }], phone(["iphone"])).writes.productUpdates).toEqual([])
    expect(plan([{ sku: "S", handle: "iphone-15" }], phone([])).writes.productUpdates).toEqual([])
  })

  it("takes a SKU for the same in either case", () => {
    const item = (sku: string): ProductItem => ({ sku, title: "A", price: price("1") })
    expect(outcome([item("case-1"), item("CASE-1")], one)).toEqual(["create", "unchanged"])
  })

  it("writes metadata once, however a zero is signed", () => {
    const filled = catalogueOf([product([variant("S")], { metadata: { zero: 0, deep: [{ zero: 0 }] } })])
    expect(outcome([{ sku: "S", metadata: { zero: -0, deep: [{ zero: -0 }] } }], filled)).toEqual(["unchanged"])
  })

  it("finds a category by its handle before it makes one of that name", () => {
    const categories = [{ id: "pcat_1", name: "Shirts of cotton", handle: "cotton-shirts", parent_category_id: null }]
    const { writes } = plan([{ sku: "S", categories: [{ path: ["cotton-shirts"] }] }], { ...one, categories })
    expect([writes.categories.flat(), writes.productUpdates]).toMatchObject([[], [{ category_ids: ["pcat_1"] }]])
  })

  it("does not take two products of Odoo for one because they share a SKU or a bar code", () => {
    const item = (sku: string, odooId: string, barcode: string): ProductItem => ({ sku, odooId, barcode, title: "A", price: price("1") })
    expect(outcome([item("N", "1", "11"), item("N", "2", "12"), item("O", "3", "11")], one)).toEqual(["create", "DUPLICATE_SKU", "VALIDATION_ERROR"])
  })

  it("knows whose a SKU is", () => {
    const linked = catalogueOf([
      product([variant("S", { metadata: { odoo_id: 7 } }), variant("M", { metadata: { odoo_id: 8 } }), variant("L")], { metadata: { odoo_product_tmpl_id: 3 } }),
    ])
    const item = (sku: string, odooId?: string, templateId?: string): ProductItem => ({ sku, odooId, templateId, title: "A", price: price("1") })
    expect(outcome([item("S", "9")], linked)).toEqual(["DUPLICATE_SKU"])
    expect(outcome([item("S", "7", "4")], linked)).toEqual(["DUPLICATE_SKU"])
    // Odoo has made the variant anew within its template
    expect(outcome([item("S", "9", "3")], linked)).toEqual(["update"])
    expect(outcome([item("L", "7")], linked)).toEqual(["DUPLICATE_SKU"])
    expect(plan([item("NEW", "8")], linked).writes.variantUpdates).toMatchObject([{ id: "variant_M", sku: "NEW" }])
  })

  it("refuses what can not be: a fraction of a minor unit, no currency", () => {
    const many = catalogueOf([], { shop: { ...one.shop, currency_code: null } })
    expect(outcome([{ sku: "N", title: "A", price: price("1") }], many)).toEqual(["VALIDATION_ERROR"])
    expect(outcome([{ sku: "S", price: price("1.5") }], one)).toEqual(["VALIDATION_ERROR"])
  })

  it("moves what is passed on before the rest is written, and undoes the rest without that", () => {
    const two = catalogueOf([product([variant("S", { barcode: "1" }), variant("M", { barcode: "2" })])], {
      barcodes: new Map([["1", { barcode: "1", variant_id: "variant_S", sku: "S" }], ["2", { barcode: "2", variant_id: "variant_M", sku: "M" }]]),
    })
    const { writes } = plan([{ sku: "S", barcode: "2", weight: 5 }, { sku: "M", barcode: "1" }], two)
    expect(writes.releases).toEqual({
      handles: [], skus: [], barcodes: [{ id: "variant_S", from: "1", to: "2" }, { id: "variant_M", from: "2", to: "1" }], itemSkus: [],
    })
    expect(writes.variantUndos).toEqual([{ id: "variant_S", weight: null }, { id: "variant_M" }])
    expect(plan([{ sku: "S", barcode: null }], two).writes.releases).toEqual(noWrites().releases)
  })

  it("gives a SKU that two want to the one that is in the shop, and of those to the first; a good swap does not suffer from a third", () => {
    const linked = (sku: string, id: number, odooId: number) =>
      product([variant(sku, { product_id: `prod_${String(id)}`, metadata: { odoo_id: odooId } })], { id: `prod_${String(id)}`, handle: sku.toLowerCase() })
    const shop = catalogueOf([linked("P-1", 1, 1), linked("P-2", 2, 2)])
    expect(outcome([{ odooId: "1", sku: "C" }, { odooId: "2", sku: "C" }], shop)).toEqual(["update", "DUPLICATE_SKU"])
    expect(outcome([{ sku: "C", title: "New", price: price("1") }, { odooId: "2", sku: "c" }], shop)).toEqual(["DUPLICATE_SKU", "update"])
    const third = { odooId: "3", sku: "P-1", title: "Third", price: price("1") }
    expect(outcome([third, { odooId: "1", sku: "P-2" }, { odooId: "2", sku: "P-1" }], shop)).toEqual(["DUPLICATE_SKU", "update", "update"])
  })

  it("refuses who relies on somebody that can not be applied after all, however long the chain", () => {
    const sizes = ["A", "B", "C", "D"]
    const chain = catalogueOf([product(sizes.map((size) => variant(size, { barcode: size })))], {
      barcodes: new Map(sizes.map((size) => [size, { barcode: size, variant_id: `variant_${size}`, sku: size }])),
    })
    const moved: ProductItem[] = [{ sku: "A", barcode: "B" }, { sku: "B", barcode: "C" }, { sku: "C", barcode: "9" }]
    expect(outcome(moved, chain)).toEqual(["update", "update", "update"])
    // the attributes are those of another variant, which only the plan of the whole product tells
    expect(outcome([moved[0]!, moved[1]!, { ...moved[2]!, attributes: [["Size", "D"]] }], chain)).toEqual(["VALIDATION_ERROR", "VALIDATION_ERROR", "VALIDATION_ERROR"])
    expect(outcome([moved[0]!, moved[1]!], chain)).toEqual(["VALIDATION_ERROR", "VALIDATION_ERROR"])
  })

  it("refuses a new product the SKU of one that can not be applied, and so keeps it", () => {
    const owned = catalogueOf([product([variant("S", { metadata: { odoo_id: 7 } }), variant("M")])])
    const taker: ProductItem = { sku: "S", odooId: "9", title: "Mug", price: price("1") }
    const giver: ProductItem = { sku: "NEW", odooId: "7" }
    expect(outcome([giver, taker], owned)).toEqual(["update", "create"])
    // refused by the plan of the whole product, and before that
    const unfit: ProductItem[] = [{ ...giver, attributes: [["Size", "M"]] }, { ...giver, price: price("1.5") }]
    for (const refused of unfit) {
      expect(outcome([refused, taker], owned)).toEqual(["VALIDATION_ERROR", "DUPLICATE_SKU"])
      expect(outcome([taker, refused], owned)).toEqual(["DUPLICATE_SKU", "VALIDATION_ERROR"])
    }
  })

  it("follows SKUs that are passed on, and no others", () => {
    const linked = catalogueOf(["S", "M", "L"].map((sku, index) =>
      product([variant(sku, { product_id: `prod_${sku}`, metadata: { odoo_id: index + 1 } })], { id: `prod_${sku}`, handle: sku.toLowerCase() })
    ))
    const item = (sku: string, odooId: string): ProductItem => ({ sku, odooId, title: "Shirt", price: price("5000") })
    expect(plan([item("M", "1"), item("L", "2"), item("S", "3")], linked).plans).toMatchObject([
      { action: "update", variantId: "variant_S" }, { action: "update", variantId: "variant_M" }, { action: "update", variantId: "variant_L" },
    ])
    expect(plan([item("M", "1"), item("X", "2"), item("S", "9")], linked).plans).toMatchObject([{ variantId: "variant_S" }, { variantId: "variant_M" }, { action: "create" }])
    expect(outcome([item("M", "1"), item("L", "2")], linked)).toEqual(["DUPLICATE_SKU", "DUPLICATE_SKU"])
  })

  it("gives a product the title of its oldest variant in the shop that is linked to Odoo", () => {
    const titled = (items: ProductItem[], variants: CatalogueVariant[]) => plan(items, catalogueOf([product(variants)])).writes.productUpdates
    expect(titled([{ sku: "S", title: "A" }, { sku: "M", title: "B" }], [variant("S"), variant("M")])).toEqual([{ id: "prod_1", title: "A" }])
    expect(titled([{ sku: "M", title: "B" }], [variant("S"), variant("M")])).toEqual([])
    expect(titled([{ sku: "M", title: "B" }], [variant("S"), variant("M", { metadata: { odoo_id: 2 } })])).toEqual([{ id: "prod_1", title: "B" }])
    expect(titled([{ sku: "M", title: "B" }], [variant("S", { metadata: { odoo_archived: {} } }), variant("M")])).toEqual([{ id: "prod_1", title: "B" }])
    expect(plan([{ sku: "N1", templateId: "9", title: "A", price: price("1") }, { sku: "N2", templateId: "9", title: "B", price: price("1") }], one).writes.products).toMatchObject([{ title: "A" }])
  })

  it("makes nothing of what is archived and unknown", () => {
    const { writes, plans } = plan([{ sku: "N", title: "A", price: price("1"), lifecycle: "archive" }], one)
    expect([plans, writes]).toEqual([[{ action: "absent" }], noWrites()])
  })

  it("leaves no trace of a variant that can not be made", () => {
    const { writes, plans } = plan([{ sku: "N", templateId: "3", attributes: [["Colour", "Red"]], tags: ["t"] }], catalogueOf([product([variant("S")], { metadata: { odoo_product_tmpl_id: 3 } })]))
    expect(plans).toMatchObject([{ action: "refused" }])
    expect([writes.options, writes.valuesAdded, writes.productUpdates, writes.tags]).toEqual([[], [], [], []])
  })

  it("keeps at the product the facts of its leading variant, and no other's", () => {
    const linked = catalogueOf([product([variant("S", { metadata: { odoo_id: 7 } }), variant("M")])])
    const { writes } = plan([{ sku: "M", odooId: "8", costPrice: price("100"), weight: 5 }], linked)
    expect(writes.productUpdates).toEqual([])
    expect(writes.variantUpdates).toMatchObject([{ id: "variant_M", weight: 5, metadata: { odoo_id: 8, cost_price: 100 } }])
  })

  it("removes a key of the metadata by null, and an emptied text", () => {
    const filled = catalogueOf([product([variant("S")], { description: "x", metadata: { shelf: "A", brand: "B", kept: 1 } })])
    const { writes } = plan([{ sku: "S", description: null, brand: null, metadata: { shelf: null, absent: null } }], filled)
    expect(writes.productUpdates).toEqual([{ id: "prod_1", description: null, metadata: { shelf: "", brand: "" } }])
  })

  it("makes an option value that nobody has any more go, and leaves those that wait for a variant", () => {
    const shirt = product([variant("S"), variant("M")])
    shirt.options[0]!.values.push({ id: "optval_XL", value: "XL" })
    const { writes } = plan([{ sku: "S", attributes: [["size", "Small"]] }], catalogueOf([shirt]))
    expect(writes.valuesAdded).toMatchObject([{ add: [{ value: "Small" }] }])
    expect(writes.valuesRemoved).toMatchObject([{ remove: ["optval_S"] }])
    expect(writes.productUpdates).toMatchObject([{ option_ids: ["opt_1"], variants: [{ options: { Size: "Small" } }, { options: { Size: "M" } }] }])
  })

  it("takes a product that goes out of the shop out of it, whatever a push has made of it since", () => {
    const marker = { manage_inventory: true, allow_backorder: false, stock: [{ location_id: "loc_1", quantity: 8, stated_at: null }] }
    const left = (status: string) => product([variant("S", { metadata: { odoo_archived: marker } })], { status, metadata: { odoo_archived: { status: "published" } } })
    const levels = new Map([["item_S", [{ location_id: "loc_1", quantity: 4, reserved: 0, stated_at: null }]]])
    const again = plan([{ sku: "S", lifecycle: "archive" }], catalogueOf([left("published")], { levels })).writes
    expect(again.productUpdates).toMatchObject([{ id: "prod_1", status: "draft" }])
    expect(again.variantUpdates).toMatchObject([{ metadata: { odoo_archived: { stock: [{ quantity: 4 }] } } }])
    expect(again.stock).toMatchObject([{ sku: "S", quantity: 0, locationId: "loc_1" }])
    // who publishes it has decided what it is from now on
    const published = plan([{ sku: "S", status: "published" }], catalogueOf([left("draft")])).writes
    expect(published.productUpdates).toEqual([{ id: "prod_1", status: "published", metadata: { odoo_archived: "" } }])
  })
})
