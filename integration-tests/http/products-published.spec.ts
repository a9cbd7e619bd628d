import { variantsBySku } from "../support/catalogue"
import { shopSuite } from "../support/suite"

// a shop that lets Odoo publish by webhooks, speaks major units and has Medusa's translations on
shopSuite(
  { env: { ODOO_CREATE_PRODUCTS_FROM_WEBHOOKS: "true", ODOO_AMOUNT_UNIT: "major", MEDUSA_FF_TRANSLATION: "true" } },
  (bench) => {
    const translationsOf = async (id: string) => {
      const rows = await bench.container.resolve("translation").listTranslations({ reference: "product", reference_id: id })
      return Object.fromEntries(rows.map(({ locale_code, translations }) => [locale_code, translations]))
    }

    describe("createProductsFromWebhooks", () => {
      it("publishes a product that the catalogue does not know, and it can be bought", async () => {
        const { data } = await bench.client.post("/odoo/webhooks/products", {
          event: "product.created", id: 9, default_code: "VASE-1", name: "Vase", list_price: 9.5, active: true, qty_available: 4, weight: 2,
        })
        expect(data).toMatchObject({ success: true, action: "created", product: { sku: "VASE-1" } })
        bench.shop.variants["VASE-1"] = { id: data.product.variant_id, title: "Vase", inventoryItemId: "" }
        expect((await bench.shopper.buy([{ sku: "VASE-1", quantity: 1 }])).total).toBe(11)
        expect(await bench.shopper.availabilityOf("VASE-1")).toBe(3)
      })

      it("does not publish one that is gone already, or has no price", async () => {
        const gone = await bench.client.post("/odoo/webhooks/products", { event: "product.updated", product: { sku: "VASE-2", name: "Vase", list_price: 1, active: false } })
        expect(gone.data.action).toBe("unchanged")
        const free = await bench.client.post("/odoo/webhooks/products", { event: "product.updated", product: { sku: "VASE-2", name: "Vase" } })
        expect([free.status, free.data.error.details.issues[0].path]).toEqual([400, "price"])
      })
    })

    describe("amountUnit: major", () => {
      it("reads amounts as decimals", async () => {
        await bench.client.post("/odoo/products", { sku: "LAMP-1", title: "Lamp", price: "12.5", cost_price: 8.25 })
        const { "LAMP-1": lamp } = await variantsBySku(bench.container, ["LAMP-1"])
        expect(lamp!.prices).toMatchObject([{ amount: 12.5, currency_code: "kwd" }])
        expect(lamp!.product.metadata).toMatchObject({ cost_price: 8.25 })
      })
    })

    describe("texts in other languages", () => {
      it("go to Medusa's translations too, change there, and are not written where they are the same", async () => {
        const lamp = {
          sku: "LAMP-1", title: "Lamp", price: 1, title_ar: "مصباح", description_ar: "ينير",
          translations: { fr_FR: { title: "Lampe" } },
        }
        const { data } = await bench.client.post("/odoo/products", lamp)
        expect(await translationsOf(data.product.id)).toEqual({ "ar-SA": { title: "مصباح", description: "ينير" }, "fr-FR": { title: "Lampe" } })
        expect((await bench.client.post("/odoo/products", lamp)).data.product.updated).toBe(false)
        const changed = await bench.client.post("/odoo/products", { sku: "LAMP-1", translations: { "fr-FR": { description: "Brille" } } })
        expect(changed.data.product.updated).toBe(true)
        expect(await translationsOf(data.product.id)).toMatchObject({ "fr-FR": { title: "Lampe", description: "Brille" } })
        const { "LAMP-1": variant } = await variantsBySku(bench.container, ["LAMP-1"])
        expect(variant!.product.metadata).toMatchObject({
          title_ar: "مصباح", description_ar: "ينير", translations: { "fr-FR": { title: "Lampe", description: "Brille" } },
        })
      })
    })
  }
)
