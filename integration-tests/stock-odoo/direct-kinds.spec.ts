import { createInventoryItemsWorkflow, createProductsWorkflow, createPromotionsWorkflow } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"
import { randomUUID } from "crypto"

import { readWholeOrder } from "../../src/queries/read-orders"
import { captureOrdersWorkflow, deliverEventsWorkflow } from "../../src/workflows"
import { roundedOrderAmounts } from "../../src/wire/rounded-amounts"
import { openMarkets, type Market } from "../support/region"
import { KUWAIT_SHOP } from "../support/shop"
import { ADDRESS, Shopper, type CartOptions } from "../support/shopper"
import { directSuite, haveProducts, haveTax } from "./direct-suite"

const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

/** Each currency beside the shop's own, with prices that have the tax in them or not. */
const MARKETS: Market[] = [
  { currencyCode: "usd", countryCode: "us", taxRate: 8.875, taxInclusive: false, price: 19.99, shippingPrice: 4.95 },
  { currencyCode: "jpy", countryCode: "jp", taxRate: 10, taxInclusive: true, price: 1999, shippingPrice: 550 },
  { currencyCode: "kwd", countryCode: "sa", taxRate: 15, taxInclusive: true, price: 4.345, shippingPrice: 1.255 },
]

/** Each kind of discount, by the code that the shopper enters. */
const DISCOUNTS = {
  "PERCENT-OF-ITEMS": { type: "percentage", target_type: "items", value: 33.3, allocation: "across" },
  "FIXED-OFF-ITEMS": { type: "fixed", target_type: "items", value: 1, allocation: "across" },
  "FIXED-OFF-ORDER": { type: "fixed", target_type: "order", value: 2 },
  "FREE-SHIPPING": { type: "percentage", target_type: "shipping_methods", value: 100, allocation: "across" },
  "ALL-ITEMS-FREE": { type: "percentage", target_type: "items", value: 100, allocation: "across" },
} as const

const CODES = Object.keys(DISCOUNTS) as (keyof typeof DISCOUNTS)[]

directSuite({ shop: { ...KUWAIT_SHOP, currencyCode: "eur", countryCode: "de", stock: 10_000 } }, ({ bench, odoo, settled, salesOf, linesOf }) => {
  let shoppers: Record<string, Shopper>

  beforeAll(async () => {
    await haveProducts(odoo, SKUS)
    for (const { taxRate, taxInclusive } of MARKETS) {
      await haveTax(odoo, taxRate, taxInclusive)
    }
    const opened = await openMarkets(bench.container, bench.shop, MARKETS)
    shoppers = Object.fromEntries(Object.entries(opened).map(([currency, shop]) => [currency, new Shopper(bench.client.defaults.baseURL ?? "", shop)]))
    await createPromotionsWorkflow(bench.container).run({
      input: {
        promotionsData: MARKETS.flatMap(({ currencyCode }) =>
          CODES.map((code) => ({
            code: `${code}-${currencyCode}`, type: "standard" as const, status: "active" as const, is_automatic: false,
            application_method: { ...DISCOUNTS[code], currency_code: currencyCode },
          }))
        ),
      },
    })
  })

  /** buys, and reads the sale order, which must have the order's currency, total and tax */
  const bought = async (currencyCode: string, lines: { sku: string; quantity: number }[], options: CartOptions = {}) => {
    const { countryCode } = MARKETS.find((market) => market.currencyCode === currencyCode)!
    const email = `kinds.${randomUUID()}@example.com`
    const { id } = await shoppers[currencyCode]!.buy(lines, { email, address: { ...ADDRESS, country_code: countryCode }, ...options })
    return { id, email, ...(await arrived(id, currencyCode)) }
  }
  const arrived = async (id: string, currencyCode: string) => {
    expect(await settled(id, ["delivered", "failed", "waiting"])).toBeNull()
    const { total, tax } = roundedOrderAmounts((await readWholeOrder(bench.container, id))!)
    const [sale, ...others] = await salesOf(id)
    expect(others).toEqual([])
    // adding 0 turns -0 into 0
    expect(sale).toMatchObject({ state: "sale", amount_total: total.toNumber() + 0, amount_tax: tax.toNumber() + 0 })
    expect(sale!.currency_id[1]).toBe(currencyCode.toUpperCase())
    return { sale: sale!, lines: await linesOf(sale!.id) }
  }
  const partner = async (id: number, fields: string[]) => (await odoo.searchRead("res.partner", { domain: [["id", "=", id]], fields }))[0]!

  describe.each(MARKETS.map(({ currencyCode, taxInclusive }) => [currencyCode, taxInclusive ? "in the prices" : "on top of them"] as const))("an order in %s, with the tax %s", (currencyCode) => {
    it.each(["none", ...CODES] as const)("has its total and its tax in Odoo with the discount: %s", async (code) => {
      const { lines } = await bought(currencyCode, [{ sku: "SHIRT-M", quantity: 3 }, { sku: "MUG-WHITE", quantity: 1 }], {
        promotionCodes: code === "none" ? [] : [`${code}-${currencyCode}`],
      })
      const [shipping] = lines.filter(({ x_medusa_line_id: key }) => key.startsWith("shipping:"))
      expect(shipping!.price_total === 0 || shipping!.discount === 100).toBe(code === "FREE-SHIPPING")
      const goods = lines.filter(({ x_medusa_line_id: key }) => key.startsWith("ordli_"))
      expect(goods.map(({ product_uom_qty: quantity }) => quantity).sort()).toEqual([1, 3])
      expect(lines.filter(({ x_medusa_line_id: key }) => !key.startsWith("rounding:")).every(({ tax_ids: taxes }) => taxes.length === 1)).toBe(true)
    })
  })

  it("a company's order has the person as its customer, below the company", async () => {
    const company = `Al-Sabah Trading ${randomUUID().slice(0, 6)}`
    const personOf = async (firstName: string) => {
      const address = { ...ADDRESS, first_name: firstName, company }
      // without a customer of the shop's: what the order says is all that Odoo is told of the person
      const { id } = await bench.container.resolve(Modules.ORDER).createOrders({
        currency_code: "usd", email: `company.${randomUUID()}@example.com`, shipping_address: address, billing_address: address,
        items: [{ title: "Shirt", variant_sku: "SHIRT-S", quantity: 1, unit_price: 19.99 }],
      })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
      await deliverEventsWorkflow(bench.container).run()
      const { sale } = await arrived(id, "usd")
      return await partner(sale.partner_id[0], ["name", "parent_id", "is_company"])
    }
    const person = await personOf("Layla")
    expect(person).toMatchObject({ name: "Layla Al-Sabah", is_company: false })
    const parent = await partner((person.parent_id as [number, string])[0], ["name", "is_company"])
    expect(parent).toMatchObject({ name: company, is_company: true })
    expect(await personOf("Noor")).toMatchObject({ name: "Noor Al-Sabah", parent_id: person.parent_id })
  })

  it("a guest's order has a partner of the guest's name, address and phone", async () => {
    const { sale, email } = await bought("kwd", [{ sku: "SHIRT-S", quantity: 1 }])
    expect(await partner(sale.partner_id[0], ["name", "email", "street", "city", "phone", "country_code"])).toMatchObject({
      name: "Layla Al-Sabah", email, street: ADDRESS.address_1, city: ADDRESS.city, phone: ADDRESS.phone, country_code: "SA",
    })
  })

  it("an order in Arabic stays Arabic, to the letter", async () => {
    const title = "قميص قطني أزرق"
    const { id } = await bench.container.resolve(Modules.ORDER).createOrders({
      currency_code: "kwd", email: `arabic.${randomUUID()}@example.com`, metadata: { note: "اتركه عند الباب" },
      shipping_address: { ...ADDRESS, first_name: "ليلى", last_name: "الصباح", address_1: "شارع سالم المبارك ١٢", city: "مدينة الكويت" },
      items: [{ title, product_title: title, variant_title: "وسط", variant_sku: "SHIRT-M", quantity: 2, unit_price: 5.25 }],
    })
    await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
    await deliverEventsWorkflow(bench.container).run()
    const { sale, lines } = await arrived(id, "kwd")
    expect(lines.map(({ name }) => name)).toEqual([`${title}, وسط`])
    expect(await partner(sale.partner_shipping_id[0], ["name", "street", "city"])).toMatchObject({ name: "ليلى الصباح", street: "شارع سالم المبارك ١٢", city: "مدينة الكويت" })
    expect(await odoo.searchRead("sale.order", { domain: [["id", "=", sale.id]], fields: ["note"] })).toEqual([{ id: sale.id, note: expect.stringContaining("اتركه عند الباب") as string }])
  })

  it("a kit is one line of its own SKU, though the shop makes it of several stock items", async () => {
    const sku = `KIT-${randomUUID().slice(0, 8)}`
    await haveProducts(odoo, [sku])
    const { result: parts } = await createInventoryItemsWorkflow(bench.container).run({
      input: { items: ["LENS", "FRAME"].map((part) => ({ sku: `${sku}-${part}`, location_levels: [{ location_id: bench.shop.locationId, stocked_quantity: 20 }] })) },
    })
    const { result } = await createProductsWorkflow(bench.container).run({
      input: {
        products: [{
          title: "Glasses", status: "published", shipping_profile_id: bench.shop.shippingProfileId, sales_channels: [{ id: bench.shop.salesChannelId }],
          options: [{ title: "Kind", values: ["Kit"] }],
          variants: [{
            title: "Kit", sku, manage_inventory: true, options: { Kind: "Kit" }, prices: [{ currency_code: "usd", amount: 49.5 }],
            inventory_items: [{ inventory_item_id: parts[0]!.id, required_quantity: 2 }, { inventory_item_id: parts[1]!.id, required_quantity: 1 }],
          }],
        }],
      },
    })
    bench.shop.variants[sku] = { id: result[0]!.variants[0]!.id, title: "Kit", inventoryItemId: parts[0]!.id }
    const { lines } = await bought("usd", [{ sku, quantity: 3 }])
    const goods = lines.filter(({ x_medusa_line_id: key }) => key.startsWith("ordli_"))
    expect(goods.map((line) => [line.product_id[1], line.product_uom_qty, line.price_unit])).toEqual([[expect.stringContaining(sku), 3, 49.5]])
  })
})
