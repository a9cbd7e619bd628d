import {
  beginOrderEditOrderWorkflow,
  cancelOrderWorkflow,
  capturePaymentWorkflow,
  confirmOrderEditRequestWorkflow,
  createOrderFulfillmentWorkflow,
  createOrderShipmentWorkflow,
  orderEditUpdateItemQuantityWorkflow,
  refundPaymentWorkflow,
} from "@medusajs/medusa/core-flows"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { randomUUID } from "crypto"

import payLateInvoices from "../../src/jobs/pay-late-invoices"
import { captureCustomersWorkflow, captureOrdersWorkflow, deliverEventsWorkflow } from "../../src/workflows"
import { ADDRESS } from "../support/shopper"
import { OdooError } from "../../src/odoo-client"
import { waitFor } from "../support/wait"
import { odooServer } from "../odoo/client"
import { Line } from "../odoo/line"
import { directSuite, haveProducts, haveTax } from "./direct-suite"
import { deliverInOdoo, invoiceInOdoo } from "./odoo-clerk"

const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

directSuite({}, ({ bench, odoo, slowly, settled, salesOf, linesOf }) => {
  const newEmail = () => `layla.${randomUUID()}@example.com`
  const options = (changes: Partial<typeof bench.odoo.options.odoo>) =>
    jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, odoo: { ...bench.odoo.options.odoo, ...changes } })
  const partnersWith = (email: string, fields = ["name", "phone", "x_medusa_customer_id", "parent_id", "is_company", "city", "type"]) =>
    odoo.searchRead("res.partner", { domain: [["email", "=", email]], fields, order: "id" })
  const deliveries = async (recordId: string) =>
    (await bench.odoo.listOdooDeliveries({ record_id: recordId, destination_id: "odoo" })).sort((a, b) => a.sequence - b.sequence)
  const line = new Line(new URL(odooServer().url))
  afterEach(() => line.cut())
  /** makes all attempts due, as if the time until then had passed */
  const attemptNow = async () => {
    const db = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    await db.raw("UPDATE odoo_delivery SET next_attempt_at = now() - interval '1 second' WHERE status IN ('pending', 'waiting')")
    await deliverEventsWorkflow(bench.container).run()
  }
  const paymentsOf = async (orderId: string) => {
    const { data } = await bench.container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "order",
      fields: ["payment_collections.payments.id", "payment_collections.payments.amount"],
      filters: { id: orderId },
    })
    return (data as { payment_collections: { payments: { id: string }[] }[] }[])[0]!.payment_collections.flatMap(({ payments }) => payments)
  }
  const capture = async (orderId: string) => {
    const [payment] = await paymentsOf(orderId)
    await capturePaymentWorkflow(bench.container).run({ input: { payment_id: payment!.id } })
    return payment!
  }

  beforeAll(async () => {
    await haveProducts(odoo, SKUS)
  })
  afterEach(() => jest.restoreAllMocks())

  describe("an order", () => {
    it("is in a stock Odoo: customer, address, lines, shipping, total, confirmed, linked", async () => {
      const email = newEmail()
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }], { email })
      await settled(id)
      const [sale, ...others] = await salesOf(id)
      expect(others).toEqual([])
      const order = await bench.container.resolve(Modules.ORDER).retrieveOrder(id)
      expect(sale).toMatchObject({ state: "sale", amount_total: 13.255, amount_tax: 0, client_order_ref: `MEDUSA-${String(order.display_id)}` })
      expect(sale!.currency_id[1]).toBe("KWD")
      expect(sale!.date_order).toBe(new Date(order.created_at).toISOString().slice(0, 19).replace("T", " "))
      const lines = await linesOf(sale!.id)
      // Medusa gives the lines of a cart in any order
      expect(lines.map((line) => [line.price_unit, line.product_uom_qty, line.discount]).sort()).toEqual([[1.255, 1, 0], [1.5, 1, 0], [5.25, 2, 0]])
      const partners = await partnersWith(email)
      expect(partners).toEqual([expect.objectContaining({ id: sale!.partner_id[0], name: "Layla Al-Sabah", city: "Kuwait City" })])
      const { data } = await bench.client.get(`/odoo/orders/${id}`)
      expect(data.order.odoo).toMatchObject({ odoo_order_id: sale!.id, odoo_order_name: sale!.name })
    })

    it("stays one sale order, and its buyer one partner, however often it is told", async () => {
      const email = newEmail()
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }], { email })
      await settled(id)
      const [before] = await salesOf(id)
      const linesBefore = await linesOf(before!.id)
      // as if the process had died before it wrote what came of the attempt
      await bench.odoo.deleteOdooLinks((await bench.odoo.listOdooLinks({ record_id: id })).map((link) => link.id))
      await bench.odoo.updateOdooDeliveries({ id: (await deliveries(id))[0]!.id, status: "pending", is_head: true, next_attempt_at: new Date(0) })
      await attemptNow()
      await settled(id)
      expect(await salesOf(id)).toEqual([before])
      expect(await linesOf(before!.id)).toEqual(linesBefore)
      const address = { ...ADDRESS, city: "Salmiya", address_1: "Gulf Road 1" }
      const { id: second } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }], { email, address })
      await settled(second)
      const [again] = await salesOf(second)
      expect(again!.partner_id).toEqual(before!.partner_id)
      // where one order goes does not move the customer
      expect(await partnersWith(email)).toEqual([expect.objectContaining({ city: "Kuwait City" })])
      expect(again!.partner_shipping_id).not.toEqual(again!.partner_id)
    })

    it("is one sale order also where the answer to its making was lost", async () => {
      await line.mend()
      options({ connection: { ...bench.odoo.options.odoo.connection!, url: line.url } })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      // cut while the order is being made: Odoo goes on with what it has begun
      for (let cuts = 0; cuts < 3; cuts += 1) {
        await new Promise((resolve) => setTimeout(resolve, 120 + 90 * cuts))
        await line.mend()
        await attemptNow()
      }
      await attemptNow()
      await settled(id)
      expect(await salesOf(id)).toEqual([expect.objectContaining({ state: "sale", amount_total: 6.75 })])
    })

    it("with an article that Odoo lacks is held, names it, and goes by itself once it is there", async () => {
      const sku = `NEW-${randomUUID().slice(0, 8)}`
      const products = bench.container.resolve(Modules.PRODUCT)
      await products.updateProductVariants(bench.shop.variants["SHIRT-S"]!.id, { sku })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }, { sku: "MUG-WHITE", quantity: 1 }])
      expect(await settled(id, ["waiting"])).toContain(sku)
      expect(await salesOf(id)).toEqual([])
      await attemptNow()
      await attemptNow()
      const [delivery] = await deliveries(id)
      expect(delivery).toMatchObject({ status: "waiting", error_class: "held" })
      expect(delivery!.next_attempt_at.getTime() - Date.now()).toBeLessThan(180_000)
      // the same cause is kept once, however often it was looked for
      expect(await bench.odoo.listOdooAttempts({ delivery_id: delivery!.id })).toHaveLength(1)
      await haveProducts(odoo, [sku])
      await attemptNow()
      await settled(id)
      expect(await salesOf(id)).toEqual([expect.objectContaining({ state: "sale", amount_total: 7.755 })])
    })

    it("with an article that Odoo lacks gets a placeholder where the options say so", async () => {
      options({ unknownSku: "placeholder" })
      const sku = `NEW-${randomUUID().slice(0, 8)}`
      await bench.container.resolve(Modules.PRODUCT).updateProductVariants(bench.shop.variants["SHIRT-S"]!.id, { sku })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
      await settled(id)
      const [sale] = await salesOf(id)
      expect(sale!.amount_total).toBe(11.5)
      expect((await linesOf(sale!.id))[0]!.product_id[1]).toContain("MEDUSA-UNKNOWN")
    })

    it("whose total Odoo makes another stays a draft, and says why", async () => {
      bench.errors.expect(/has failed at odoo/)
      // Odoo's own taxes of its products, which the shop knows nothing of
      options({ fiscalPositions: true })
      const [product] = await odoo.searchRead("product.product", { domain: [["default_code", "=", "SHIRT-M"]], fields: ["id"] })
      await haveTax(odoo, 20, false)
      const [tax] = await odoo.searchRead("account.tax", { domain: [["type_tax_use", "=", "sale"], ["amount", "=", 20], ["price_include", "=", false]], fields: ["id"] })
      await odoo.call("product.product", "write", { ids: [product!.id], vals: { taxes_id: [[6, 0, [tax!.id]]] } })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      const message = await settled(id, ["failed"])
      await odoo.call("product.product", "write", { ids: [product!.id], vals: { taxes_id: [[6, 0, []]] } })
      expect(message).toContain("comes to 7.8 with 1.05 tax, and the order to 6.75 with 0 tax KWD")
      expect(await salesOf(id)).toEqual([expect.objectContaining({ state: "draft" })])
    })

    it("is confirmed when it is paid, where the options say so", async () => {
      options({ confirm: "paid" })
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      await settled(id)
      expect((await salesOf(id))[0]!.state).toBe("draft")
      await capture(id)
      await waitForState(id, "sale")
    })

    const waitForState = (id: string, state: string) =>
      waitFor(`the sale order of ${id} is ${state}`, async () => (await salesOf(id))[0]?.state === state)

    it("that is canceled in the shop is canceled in Odoo", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      await settled(id)
      await cancelOrderWorkflow(bench.container).run({ input: { order_id: id } })
      await waitForState(id, "cancel")
    })

    it("that is edited in the shop changes in Odoo, with its total", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }])
      await settled(id)
      const order = await bench.container.resolve(Modules.ORDER).retrieveOrder(id, { relations: ["items"] })
      const item = order.items!.find(({ variant_sku: sku }) => sku === "SHIRT-M")!
      // what was sold stays what it is, whatever becomes of its code
      const [mug] = await odoo.searchRead("product.product", { domain: [["default_code", "=", "MUG-WHITE"]], fields: ["id"] })
      await odoo.call("product.product", "write", { ids: [mug!.id], vals: { default_code: "MUG-RENAMED" } })
      await beginOrderEditOrderWorkflow(bench.container).run({ input: { order_id: id } })
      await orderEditUpdateItemQuantityWorkflow(bench.container).run({ input: { order_id: id, items: [{ id: item.id, quantity: 5 }] } })
      await confirmOrderEditRequestWorkflow(bench.container).run({ input: { order_id: id } })
      await settled(id)
      await waitFor("the sale order follows", async () => (await salesOf(id))[0]!.amount_total === 29.005)
      await odoo.call("product.product", "write", { ids: [mug!.id], vals: { default_code: "MUG-WHITE" } })
      const [sale] = await salesOf(id)
      expect(sale).toMatchObject({ state: "sale", amount_total: 29.005 })
      expect((await linesOf(sale!.id)).map((one) => [one.price_unit, one.product_uom_qty]).sort()).toEqual([[1.255, 1], [1.5, 1], [5.25, 5]])
    })
  })

  describe("what follows an order", () => {
    it("is in Odoo: payment on the invoice, credit note of a partial refund, return of the delivery", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }])
      await settled(id)
      const [sale] = await salesOf(id)
      const pickingIds = await deliverInOdoo(odoo, sale!.id)
      const invoiceIds = await invoiceInOdoo(odoo, sale!.id)
      // paid in the shop
      const payment = await capture(id)
      const invoice = async () => (await odoo.searchRead("account.move", { domain: [["id", "in", invoiceIds]], fields: ["payment_state", "amount_residual"] }))[0]!
      await waitFor("the invoice is paid", async () => (await invoice()).amount_residual === 0)
      // refunded in part
      await refundPaymentWorkflow(bench.container).run({ input: { payment_id: payment.id, amount: 2.5 } })
      const notes = () => odoo.searchRead("account.move", { domain: [["reversed_entry_id", "in", invoiceIds]], fields: ["state", "amount_total", "move_type"] })
      await waitFor("there is a credit note", async () => (await notes()).length > 0)
      expect(await notes()).toEqual([expect.objectContaining({ state: "draft", amount_total: 2.5, move_type: "out_refund" })])
      // Medusa takes the refund off the order's total, and the sale order must not follow: it would be credited twice
      await settled(id)
      expect((await salesOf(id))[0]).toMatchObject({ state: "sale", amount_total: 12 })
      // shipped and sent back
      const orders = bench.container.resolve(Modules.ORDER)
      const order = await orders.retrieveOrder(id, { relations: ["items"] })
      const items = order.items!.map((item) => ({ id: item.id, quantity: 2 }))
      const { result: fulfillment } = await createOrderFulfillmentWorkflow(bench.container).run({ input: { order_id: id, items } })
      await createOrderShipmentWorkflow(bench.container).run({ input: { order_id: id, fulfillment_id: fulfillment.id, items, labels: [] } })
      const returns = () => odoo.searchRead("stock.picking", { domain: [["return_id", "in", pickingIds]], fields: ["state", "x_medusa_return_id"] })
      const one = items.map((item) => ({ ...item, quantity: 1 }))
      const { id: returnId } = await orders.createReturn({ order_id: id, items: one })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
      await waitFor("a return is awaited", async () => (await returns())[0]?.x_medusa_return_id === returnId)
      expect((await returns())[0]!.state).not.toBe("done")
      await orders.receiveReturn({ return_id: returnId, items: one })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
      await waitFor("there is a return", async () => (await returns())[0]?.state === "done")
      const [back] = await returns()
      const moves = await odoo.searchRead("stock.move", { domain: [["picking_id", "=", back!.id]], fields: ["quantity"] })
      expect(moves.map(({ quantity }) => quantity)).toEqual([1])
      // told again, nothing comes twice
      await bench.odoo.updateOdooDeliveries((await deliveries(id)).map(({ id: deliveryId }) => ({ id: deliveryId, status: "pending" as const, is_head: true, next_attempt_at: new Date(0) })))
      await attemptNow()
      await settled(id)
      expect([(await notes()).length, (await returns()).length]).toEqual([1, 1])
      expect(await odoo.call("account.payment", "search_count", { domain: [["memo", "ilike", payment.id]] })).toBe(1)
    })

    it("is a payment also where the invoice was made after the capture, once", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      await settled(id)
      const payment = await capture(id)
      await settled(id)
      const [sale] = await salesOf(id)
      await deliverInOdoo(odoo, sale!.id)
      const [invoiceId] = await invoiceInOdoo(odoo, sale!.id)
      const unpaid = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])
      await settled(unpaid.id)
      const [unpaidSale] = await salesOf(unpaid.id)
      await deliverInOdoo(odoo, unpaidSale!.id)
      await invoiceInOdoo(odoo, unpaidSale!.id)
      const told = (await deliveries(unpaid.id)).length
      const invoice = async () => (await odoo.searchRead("account.move", { domain: [["id", "=", invoiceId]], fields: ["amount_residual"] }))[0]!
      expect((await invoice()).amount_residual).toBe(6.75)
      await payLateInvoices(bench.container)
      await waitFor("the invoice is paid", async () => (await invoice()).amount_residual === 0)
      await settled(id)
      await payLateInvoices(bench.container)
      await settled(id)
      expect(await odoo.call("account.payment", "search_count", { domain: [["memo", "ilike", payment.id]] })).toBe(1)
      // nobody has paid for it
      expect(await deliveries(unpaid.id)).toHaveLength(told)
    })
  })

  describe("a customer", () => {
    const register = async (input: Record<string, unknown>) => await bench.container.resolve(Modules.CUSTOMER).createCustomers(input)
    const told = async (id: string) => {
      await captureCustomersWorkflow(bench.container).run({ input: { ids: [id], isNew: true } })
      await deliverEventsWorkflow(bench.container).run()
    }

    it("becomes a partner with a company, a language of Odoo's and addresses", async () => {
      const email = newEmail()
      const company = `شركة ${randomUUID().slice(0, 6)}`
      const { id } = await register({
        email, first_name: "ليلى", last_name: "الصباح", phone: "+96522220000", company_name: company, has_account: true,
        metadata: { vat_number: "", locale: "en" },
        addresses: [
          { first_name: "ليلى", last_name: "الصباح", address_1: "شارع ١", city: "Kuwait City", country_code: "kw", is_default_billing: true },
          { first_name: "Warehouse", address_1: "Dock 4", city: "Shuwaikh", country_code: "kw", is_default_shipping: true },
        ],
      })
      await told(id)
      await settled(id)
      const [partner] = await odoo.searchRead("res.partner", { domain: [["x_medusa_customer_id", "=", id]], fields: ["name", "email", "phone", "lang", "parent_id", "child_ids", "city"] })
      expect(partner).toMatchObject({ name: "ليلى الصباح", email, phone: "+96522220000", lang: "en_US", city: "Kuwait City" })
      expect((partner!.parent_id as [number, string])[1]).toContain(company)
      const children = await odoo.searchRead("res.partner", { domain: [["id", "in", partner!.child_ids]], fields: ["name", "type", "street"], order: "type" })
      expect(children).toEqual([expect.objectContaining({ type: "delivery", street: "Dock 4" }), expect.objectContaining({ type: "invoice", street: "شارع ١" })])
    })

    describe("whose VAT number Odoo refuses", () => {
      // Odoo's own app that knows the numbers of each country
      const setVatCheck = async (isOn: boolean) => {
        const [app] = await odoo.searchRead("ir.module.module", { domain: [["name", "=", "base_vat"]], fields: ["state"] })
        if ((app!.state === "installed") !== isOn) {
          // Odoo changes no app while a scheduled action of its own is at work, and says so
          await waitFor("no scheduled action of Odoo is at work", async () => {
            try {
              await slowly((client) => client.call("ir.module.module", isOn ? "button_immediate_install" : "button_immediate_uninstall", { ids: [app!.id] }))
              return true
            } catch (error) {
              if (error instanceof OdooError && error.reason?.includes("scheduled action") === true) {
                return false
              }
              throw error
            }
          }, 200_000)
        }
      }
      beforeAll(() => setVatCheck(true), 300_000)
      afterAll(() => setVatCheck(false), 300_000)

      const WRONG = "BE0477472702"
      const address = { first_name: "Noor", last_name: "Ali", address_1: "Rue 1", city: "Brussels", country_code: "be", is_default_billing: true }
      const notesOf = async (partnerId: number) =>
        await odoo.call("mail.message", "search_count", { domain: [["model", "=", "res.partner"], ["res_id", "=", partnerId], ["body", "ilike", WRONG]] })

      it("becomes a partner without one, a note tells of it, and a corrected number comes later", async () => {
        const { id } = await register({ email: newEmail(), first_name: "Noor", last_name: "Ali", has_account: true, metadata: { vat_number: WRONG }, addresses: [address] })
        await told(id)
        await settled(id)
        const find = async () => (await odoo.searchRead("res.partner", { domain: [["x_medusa_customer_id", "=", id]], fields: ["vat", "city"] }))[0]!
        const partner = await find()
        expect(partner).toMatchObject({ vat: false, city: "Brussels" })
        expect(await notesOf(partner.id)).toBe(1)
        await bench.container.resolve(Modules.CUSTOMER).updateCustomers(id, { last_name: "Hassan" })
        await told(id)
        await settled(id)
        expect(await odoo.searchRead("res.partner", { domain: [["id", "=", partner.id]], fields: ["name", "vat"] })).toEqual([{ id: partner.id, name: "Noor Hassan", vat: false }])
        expect(await notesOf(partner.id)).toBe(1)
        await bench.container.resolve(Modules.CUSTOMER).updateCustomers(id, { last_name: "Ali", metadata: { vat_number: "BE0477472701" } })
        await told(id)
        await settled(id)
        expect(await find()).toMatchObject({ vat: "BE0477472701" })
      })
    })

    it("keeps what a person in Odoo has changed, and takes what the shop has", async () => {
      const email = newEmail()
      const { id } = await register({ email, first_name: "Noor", last_name: "Ali", phone: "+96511111111", has_account: true })
      await told(id)
      await settled(id)
      const find = async () => (await odoo.searchRead("res.partner", { domain: [["x_medusa_customer_id", "=", id]], fields: ["name", "phone"] }))[0]!
      await odoo.call("res.partner", "write", { ids: [(await find()).id], vals: { phone: "+965 9999 9999" } })
      await bench.container.resolve(Modules.CUSTOMER).updateCustomers(id, { last_name: "Hassan", phone: "+96522222222" })
      await told(id)
      await settled(id)
      expect(await find()).toMatchObject({ name: "Noor Hassan", phone: "+965 9999 9999" })
    })

    it("is the partner with the same e-mail, whose values stay; of several candidates none is taken", async () => {
      const email = newEmail()
      const [own] = (await odoo.call("res.partner", "create", { vals_list: [{ name: "Noor (wholesale)", email: email.toUpperCase() }] })) as number[]
      const { id } = await register({ email, first_name: "Noor", last_name: "Ali", phone: "+96511111111", has_account: true })
      await told(id)
      await settled(id)
      expect(await odoo.searchRead("res.partner", { domain: [["x_medusa_customer_id", "=", id]], fields: ["name", "phone"] })).toEqual([{ id: own, name: "Noor (wholesale)", phone: "+96511111111" }])
      const twice = newEmail()
      const ids = (await odoo.call("res.partner", "create", { vals_list: [{ name: "One", email: twice }, { name: "Two", email: twice }] })) as number[]
      const { id: second } = await register({ email: twice, first_name: "Noor", has_account: true })
      await told(second)
      expect(await settled(second, ["waiting"])).toContain(`res.partner ${ids.join(", ")}`)
    })
  })

  describe("four variables", () => {
    it("make a destination of their own, and let the webhook without an address wait for nothing", async () => {
      const destinations = await bench.odoo.outbox.destinations()
      expect(destinations.map(({ id, events }) => [id, events])).toEqual([
        ["webhook", []],
        ["odoo", ["order.created", "order.status_updated", "customer.created", "customer.updated", "order.updated"]],
      ])
      const admin = await bench.admin()
      const { data } = await admin.post("/admin/odoo/test-event", {})
      expect(data).toMatchObject({ delivered: true, message: "Odoo has taken it." })
    })
  })
})
