import { Modules } from "@medusajs/framework/utils"
import { randomUUID } from "crypto"

import { pauseDelivery } from "../../src/event-admin/pause"
import { OdooClient } from "../../src/odoo-client"
import rehearse from "../../src/scripts/rehearse"
import { sessionOf } from "../../src/targets/odoo/session"
import { tellOrder } from "../../src/targets/odoo/tell-order"
import type { Rehearsal } from "../../src/wire/answer-schemas/rehearsal"
import { captureOrdersWorkflow } from "../../src/workflows"
import { KUWAIT_SHOP } from "../support/shop"
import { ADDRESS } from "../support/shopper"
import { typeScript } from "../support/type-script"
import { directSuite, haveProducts, haveTax } from "./direct-suite"

const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

/** A rate that no Odoo has. */
const UNKNOWN_RATE = 6.125

directSuite({ shop: { ...KUWAIT_SHOP, taxRate: 5 } }, ({ bench, odoo, salesOf, linesOf }) => {
  const newEmail = () => `rehearsed.${randomUUID()}@example.com`
  const options = (changes: Partial<typeof bench.odoo.options.odoo>) =>
    jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, odoo: { ...bench.odoo.options.odoo, ...changes } })
  const ask = async (id: string) => (await bench.admin()).get<{ success: true; rehearsal: Rehearsal }>(`/admin/odoo/orders/${id}/rehearse`)
  const rehearsalOf = async (id: string) => {
    const { status, data } = await ask(id)
    expect([status, data]).toEqual([200, { success: true, rehearsal: expect.anything() as unknown }])
    return data.rehearsal
  }
  const tell = async (id: string) => await tellOrder(sessionOf(bench.container)!, id, true)
  const count = async (model: string) => (await odoo.call(model, "search_count", { domain: [] })) as number
  const countAll = async () => [await count("res.partner"), await count("sale.order"), await count("product.pricelist"), await count("product.product")]
  /** an order as an importer of another shop's orders makes it */
  const orderOf = async (item: { sku: string; rate: number; discount?: number }, email = newEmail(), currency = "kwd") => {
    const { sku, rate, discount } = item
    const { id } = await bench.container.resolve(Modules.ORDER).createOrders({
      currency_code: currency, email, shipping_address: { ...ADDRESS }, billing_address: { ...ADDRESS },
      items: [{
        title: "Shirt", variant_sku: sku, quantity: 3, unit_price: 3.333,
        tax_lines: [{ code: "VAT", rate }],
        ...(discount === undefined ? {} : { adjustments: [{ amount: discount, code: "LESS" }] }),
      }],
    })
    await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
    return id
  }

  beforeAll(async () => {
    // an order is told when a test does it
    await pauseDelivery(bench.container, {})
    await haveProducts(odoo, SKUS)
    await haveTax(odoo, 5, false)
    await haveTax(odoo, 20, false)
  })
  afterEach(() => jest.restoreAllMocks())

  describe("an order that would go through", () => {
    it("is shown with the customer, lines, taxes and total of the sale order that is made then", async () => {
      const email = newEmail()
      const { id, display_id: displayId } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }], { email })
      const before = await countAll()
      const rehearsal = await rehearsalOf(id)
      expect(await countAll()).toEqual(before)
      expect(rehearsal).toMatchObject({
        sale_order: null,
        customer: { partner_id: null, name: "Layla Al-Sabah", action: "would be made" },
        pricelist: { currency: "KWD", action: "found" },
        reference: `MEDUSA-${String(displayId)}`,
        confirmed: true,
        holds: [],
      })
      await tell(id)
      const [sale] = await salesOf(id)
      expect(sale).toMatchObject({ state: "sale", client_order_ref: rehearsal.reference })
      expect([sale!.amount_total * 1000, sale!.amount_tax * 1000].map(Math.round)).toEqual([rehearsal.order.total, rehearsal.order.tax_total])
      const lines = await linesOf(sale!.id)
      const taxes = await odoo.searchRead("account.tax", { fields: ["name"] })
      expect(rehearsal.lines).toHaveLength(3)
      expect(rehearsal.lines.map((line) => [line.key, line.product_id, line.product_name, line.name, line.quantity, line.price_unit, line.discount, line.taxes, line.total])).toEqual(
        lines.map((line) => [
          line.x_medusa_line_id, line.product_id[0], line.product_id[1], line.name, line.product_uom_qty, line.price_unit, line.discount,
          (line.tax_ids).map((taxId) => taxes.find((tax) => tax.id === taxId)!.name), line.price_total,
        ])
      )
      expect(rehearsal.lines[0]!.taxes).toHaveLength(1)
    })

    it("that has its sale order shows that one, its partner, and that nothing is to confirm", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }], { email: newEmail() })
      await tell(id)
      const [sale] = await salesOf(id)
      expect(await rehearsalOf(id)).toMatchObject({
        sale_order: { id: sale!.id, name: sale!.name, state: "sale" },
        customer: { partner_id: sale!.partner_id[0] },
        confirmed: false,
        holds: [],
      })
    })

    it("shows a discount as the sale order has it", async () => {
      const id = await orderOf({ sku: "SHIRT-M", rate: 20, discount: 1.111 })
      const rehearsal = await rehearsalOf(id)
      expect(rehearsal.holds).toEqual([])
      await tell(id)
      const [sale] = await salesOf(id)
      const lines = (await linesOf(sale!.id)).filter((line) => !line.x_medusa_line_id.startsWith("rounding:"))
      expect(rehearsal.lines.map(({ price_unit: price, discount, total }) => [price, discount, total])).toEqual(
        lines.map((line) => [line.price_unit, line.discount, line.price_total])
      )
    })

    it("is shown as a draft where the options wait for the payment", async () => {
      options({ confirm: "paid" })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      expect(await rehearsalOf(id)).toMatchObject({ confirmed: false, holds: [] })
    })
  })

  describe("an order that would be held", () => {
    it("names every hold, shows the lines all the same, and writes nothing", async () => {
      const sku = `NEW-${randomUUID().slice(0, 8)}`
      const email = newEmail()
      const ids = (await odoo.call("res.partner", "create", { vals_list: [{ name: "One", email }, { name: "Two", email }] })) as number[]
      options({ paymentTerm: "A term that nobody has" })
      const id = await orderOf({ sku, rate: UNKNOWN_RATE }, email, "isk")
      const before = await countAll()
      const rehearsal = await rehearsalOf(id)
      expect(await countAll()).toEqual(before)
      expect(rehearsal).toMatchObject({
        customer: { partner_id: null, action: "held" },
        pricelist: { id: null, currency: "ISK", action: "held" },
        payment_term: null,
        lines: [{ sku, product_id: null, product_name: null, quantity: 3, price_unit: 3.333, taxes: [] }],
        confirmed: false,
      })
      expect(rehearsal.lines[0]).not.toHaveProperty("total")
      for (const said of [sku, `${String(UNKNOWN_RATE)} %`, `res.partner ${ids.join(", ")}`, "currency ISK", "A term that nobody has"]) {
        expect(rehearsal.holds.filter((hold) => hold.includes(said))).toHaveLength(1)
      }
      expect(rehearsal.holds).toHaveLength(5)
    })

    it("names the field and the product that set-up has not made", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      const [shipping] = await odoo.searchRead("product.product", { domain: [["default_code", "=", "MEDUSA-SHIPPING"]], fields: ["id"] })
      // a field that is removed from this Odoo would take its values along
      const known = new Map<string, Awaited<ReturnType<OdooClient["fieldsOf"]>>>()
      for (const model of ["sale.order", "sale.order.line", "res.partner"]) {
        known.set(model, new Map([...(await odoo.fieldsOf(model))].filter(([name]) => name !== "x_medusa_order_id")))
      }
      jest.spyOn(OdooClient.prototype, "fieldsOf").mockImplementation((model) => Promise.resolve(known.get(model)!))
      await odoo.call("product.product", "write", { ids: [shipping!.id], vals: { active: false } })
      try {
        expect((await rehearsalOf(id)).holds).toEqual([
          expect.stringContaining("the field x_medusa_order_id of sale.order"),
          expect.stringContaining("no product MEDUSA-SHIPPING"),
        ])
      } finally {
        await odoo.call("product.product", "write", { ids: [shipping!.id], vals: { active: true } })
      }
    })

    it("whose sale order a person has changed to another total says so", async () => {
      options({ confirm: "never" })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      await tell(id)
      const [sale] = await salesOf(id)
      const [shirt] = await odoo.searchRead("product.product", { domain: [["default_code", "=", "SHIRT-S"]], fields: ["id"] })
      await odoo.call("sale.order", "write", { ids: [sale!.id], vals: { order_line: [[0, 0, { product_id: shirt!.id, price_unit: 100, product_uom_qty: 1 }]] } })
      const { holds } = await rehearsalOf(id)
      expect(holds).toEqual([expect.stringContaining("The sale order would come to 1")])
      await expect(tell(id)).rejects.toThrow("It stays a draft.")
    })
  })

  describe("the door", () => {
    it("knows no order that does not exist, and needs an Odoo", async () => {
      expect((await ask("order_nobody")).status).toBe(404)
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      options({ connection: null })
      const { status, data } = await ask(id)
      expect([status, data]).toMatchObject([409, { code: "CONFLICT", message: expect.stringContaining("There is no Odoo to ask.") as unknown }])
    })

    it("is also a script, which takes orders by id or number and ends with 0, 2 or 1", async () => {
      const { id, display_id: displayId } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      const good = await typeScript(bench.container, rehearse, String(displayId))
      expect(good.code).toBe(0)
      expect(good.output).toContain("Nothing is held. The sale order would be confirmed at once.")
      expect(good.output).toMatch(/SHIRT-M .*Article SHIRT-M/)
      const held = await orderOf({ sku: "NOT-IN-ODOO", rate: UNKNOWN_RATE })
      const both = await typeScript(bench.container, rehearse, id, held, "--json")
      expect(both.code).toBe(2)
      expect((JSON.parse(both.output) as Rehearsal[]).map(({ holds }) => holds.length)).toEqual([0, 2])
      expect((await typeScript(bench.container, rehearse, "order_nobody")).code).toBe(1)
      // one that nobody knows does not hide the others
      const mixed = await typeScript(bench.container, rehearse, id, "order_nobody", held)
      expect(mixed.code).toBe(1)
      for (const said of ["The sale order would be confirmed at once.", "Order order_nobody: There is no such order.", "NOT-IN-ODOO"]) {
        expect(mixed.output).toContain(said)
      }
      options({ connection: { ...bench.odoo.options.odoo.connection!, url: "http://127.0.0.1:1" } })
      expect((await typeScript(bench.container, rehearse, id)).code).toBe(1)
    })
  })
})
