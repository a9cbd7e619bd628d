import { pricesOf, variantsBySku } from "../support/catalogue"
import { shopSuite } from "../support/suite"

/** Payloads as real Odoo databases and their wrappers send them, and what has to come of each. */
const PRODUCTS: { name: string; body: unknown; status: number; answer: object; sku?: string; found?: object; price?: number }[] = [
  {
    name: "a product.product as Odoo reads it, false for null",
    body: {
      id: 41, default_code: "OD-41", name: "Office chair", list_price: 70.0, standard_price: 0.0, barcode: false, description_sale: false,
      weight: 0.0, categ_id: [3, "All / Saleable"], product_tmpl_id: [12, "Office chair"], currency_id: [125, "KWD"], image_1920: false, active: true,
    },
    status: 200, answer: { sku: "OD-41", created: true }, sku: "OD-41", price: 70,
    found: { weight: null, barcode: null, product: { description: null, metadata: { odoo_id: 41, odoo_product_tmpl_id: 12, cost_price: 0 } } },
  },
  {
    name: "a product under `product`, with numeric strings",
    body: { product: { odoo_id: "42", sku: "OD-42", title: "Lamp", price: "12500", weight: "250.4", inventory: { quantity: "75.0" } } },
    status: 200, answer: { created: true }, sku: "OD-42", price: 12.5, found: { weight: 250, metadata: { odoo_id: 42 } },
  },
  {
    name: "a bar code with the name of its kind",
    body: { sku: "OD-43", title: "Tin", price: 1000, barcode: "(EAN-13): 6291041500220" },
    status: 200, answer: { created: true }, sku: "OD-43", found: { barcode: "6291041500220" },
  },
  {
    name: "a default_code that is a whole sentence",
    body: { default_code: "Chair, black – for the office (see the 2019 catalogue, page 4)", name: "Chair", price: 1000 },
    status: 200, answer: { sku: "Chair, black – for the office (see the 2019 catalogue, page 4)", created: true },
  },
  { name: "a padded SKU", body: { sku: "  SHIRT-S\t", price: 5100 }, status: 200, answer: { sku: "SHIRT-S", updated: true }, sku: "SHIRT-S", price: 5.1 },
  { name: "a SKU in another case", body: { sku: "shirt-s", price: 5200 }, status: 200, answer: { sku: "SHIRT-S", updated: true, created: false }, sku: "SHIRT-S", price: 5.2 },
  { name: "a name that another product has", body: { sku: "MUG-2", name: "Coffee mug", price: 1 }, status: 200, answer: { handle: "coffee-mug-2" } },
  { name: "an Arabic name", body: { sku: "AR-1", name: "كوب قهوة", price: 1 }, status: 200, answer: { handle: "كوب-قهوة" } },
  { name: "a name without a letter", body: { sku: "No. 7", name: "***", price: 1 }, status: 200, answer: { handle: "no-7" } },
  { name: "a number for a SKU", body: { sku: 1001, name: "Numbered", price: 1 }, status: 200, answer: { sku: "1001", created: true } },
  { name: "a currency that does not exist", body: { sku: "ZZZ-1", title: "X", price: 1, currency_code: "zzz" }, status: 400, answer: { code: "VALIDATION_ERROR", details: { issues: [{ path: "currency_code" }] } } },
  { name: "a category by its handle", body: { sku: "CAT-1", title: "X", price: 1, category_handle: [7, "Lights"], brand: [3, "Acme"], origin_country: [122, "Kuwait"] }, status: 200, answer: { created: true } },
  { name: "no name", body: { sku: "X-1", name: false, price: 1 }, status: 400, answer: { code: "VALIDATION_ERROR" } },
  { name: "no SKU", body: { default_code: false, name: "X", price: 1 }, status: 400, answer: { code: "VALIDATION_ERROR" } },
  { name: "a SKU of two lines", body: { sku: "X\nY", name: "X", price: 1 }, status: 400, answer: { code: "VALIDATION_ERROR" } },
  { name: "a SKU that is too long", body: { sku: "x".repeat(256), name: "X", price: 1 }, status: 400, answer: { code: "VALIDATION_ERROR" } },
  { name: "an option named like a member of every object", body: { sku: "SHIRT-M", attributes: { constructor: "x", toString: "y" } }, status: 200, answer: { updated: true } },
  { name: "metadata named like one", body: { sku: "SHIRT-S", metadata: { constructor: 1, toString: "x" } }, status: 200, answer: { updated: true } },
  { name: "metadata that Medusa itself trips over", body: { sku: "SHIRT-M", metadata: { deep: [{ hasOwnProperty: 1 }] } }, status: 400, answer: { code: "VALIDATION_ERROR" } },
  { name: "an option that Medusa itself trips over", body: { sku: "SHIRT-M", attributes: { hasOwnProperty: "x" } }, status: 400, answer: { code: "VALIDATION_ERROR" } },
  { name: "a list", body: [], status: 400, answer: { code: "VALIDATION_ERROR" } },
  { name: "products that are no list", body: { product: [] }, status: 400, answer: { code: "VALIDATION_ERROR" } },
]

shopSuite({}, (bench) => {
  describe("a product as Odoo really sends it", () => {
    it.each(PRODUCTS)("$name", async ({ body, status, answer, sku, found, price }) => {
      const response = await bench.client.post("/odoo/products", body)
      expect([response.status, response.data.product ?? response.data.error]).toMatchObject([status, answer])
      if (sku !== undefined) {
        const variant = (await variantsBySku(bench.container, [sku]))[sku]!
        expect(variant).toMatchObject(found ?? {})
        expect(price === undefined ? undefined : pricesOf(variant).kwd).toBe(price)
      }
    })
  })
})
