import { ContainerRegistrationKeys, OrderStatus } from "@medusajs/framework/utils"
import {
  acceptOrderTransferWorkflow,
  beginOrderEditOrderWorkflow,
  confirmOrderEditRequestWorkflow,
  createPromotionsWorkflow,
  orderEditAddNewItemWorkflow,
  requestOrderTransferWorkflow,
  updateCustomerAddressesWorkflow,
} from "@medusajs/medusa/core-flows"
import { BigNumber } from "bignumber.js"

import { readCustomerProfiles } from "../../src/queries/read-customers"
import { customerSyncedAnswer, listCustomersAnswer, oneCustomerAnswer } from "../../src/wire/answer-schemas/customers"
import { compareIds } from "../../src/wire/compare-ids"
import { customerDocument, type CustomerSource } from "../../src/wire/customer-document"
import { captureOrdersWorkflow } from "../../src/workflows"
import { KUWAIT_SHOP } from "../support/shop"
import { leastStatements } from "../support/statements"
import { shopSuite, type Bench } from "../support/suite"

/** The module takes it, though its types do not know it. */
const DRAFT = { is_draft_order: true }

const MUG = [{ sku: "MUG-WHITE", quantity: 1 }]

async function list(bench: Bench, query = "") {
  const { status, data } = await bench.client.get(`/odoo/customers${query}`)
  expect([query, status]).toEqual([query, 200])
  const answer = listCustomersAnswer.parse(data)
  // a schema drops what it does not describe
  expect(data).toEqual(answer)
  return answer
}

const emailsOf = async (bench: Bench, query: string) => (await list(bench, query)).customers.map((customer) => customer.email)

async function show(bench: Bench, id: string) {
  const { status, data } = await bench.client.get(`/odoo/customers/${id}`)
  expect(status).toBe(200)
  const answer = oneCustomerAnswer.parse(data)
  expect(data).toEqual(answer)
  return answer.customer
}

const register = (bench: Bench, ...members: Record<string, unknown>[]) =>
  bench.container.resolve("customer").createCustomers(members.map((member) => ({ has_account: true, ...member })))

const addressOf = (members: { customer_id: string; phone?: string }) => ({ address_1: "Street 1", country_code: "kw", ...members })

// a tax that no price divides evenly, in a currency of three decimals
shopSuite({ empty: true, shop: { ...KUWAIT_SHOP, taxRate: 7.7 } }, (bench) => {
  describe("GET /odoo/customers", () => {
    it("shows customers oldest first, in both list shapes, guests among them", async () => {
      await register(bench, { email: "Account@Example.com", first_name: "Noor", company_name: "Noor & Co" })
      await bench.shopper.buy(MUG, { email: "guest@example.com" })
      const page = await list(bench)
      expect(page.customers.map(({ email, has_account }) => [email, has_account])).toEqual([
        ["account@example.com", true],
        ["guest@example.com", false],
      ])
      expect(page.customers[0]).toMatchObject({ first_name: "Noor", last_name: "", company_name: "Noor & Co", phone: "", order_count: 0 })
      expect(page).toMatchObject({ total: 2, limit: 50, offset: 0 })
      expect(page.pagination).toEqual({ total: 2, limit: 50, offset: 0, has_more: false, next_cursor: null })
    })

    it("pages by cursor without a gap or a repeat while customers are added", async () => {
      for (const number of [1, 2, 3, 4]) {
        await register(bench, { email: `c${String(number)}@example.com` })
      }
      const seen: string[] = []
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof list>> = await list(bench, `?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`)
        seen.push(...page.customers.map((customer) => customer.email))
        if (cursor === "") {
          await register(bench, { email: "late@example.com" })
        }
        cursor = page.pagination.next_cursor
      }
      expect(seen).toEqual(["c1@example.com", "c2@example.com", "c3@example.com", "c4@example.com", "late@example.com"])
      expect(await emailsOf(bench, "?limit=2&offset=2")).toEqual(["c3@example.com", "c4@example.com"])
    })

    it("finds a part of an email in any case, and takes % and _ for what they are", async () => {
      await register(bench, { email: "Layla@Example.com" }, { email: "a_b@example.com" }, { email: "axb@example.com" })
      expect(await emailsOf(bench, "?email=LAYLA@ex")).toEqual(["layla@example.com"])
      expect(await emailsOf(bench, "?email=a_b")).toEqual(["a_b@example.com"])
      expect(await emailsOf(bench, "?email=%25")).toEqual([])
      expect(await emailsOf(bench, "?email=%5C")).toEqual([])
    })

    it("finds a part of a phone, the customer's own or an address's", async () => {
      const [own, other] = await register(bench, { email: "own@example.com", phone: "+96522221111" }, { email: "other@example.com" })
      await bench.container.resolve("customer").createCustomerAddresses([addressOf({ customer_id: other!.id, phone: "+965 9999 Ext" })])
      expect(await emailsOf(bench, "?phone=2222")).toEqual([own!.email])
      expect(await emailsOf(bench, "?phone=9999%20eXT")).toEqual([other!.email])
      expect(await emailsOf(bench, "?phone=12345")).toEqual([])
    })

    it("filters by when customers were made and changed, also by a change of an address", async () => {
      const customers = bench.container.resolve("customer")
      const [first] = await register(bench, { email: "first@example.com" })
      const [address] = await customers.createCustomerAddresses([addressOf({ customer_id: first!.id })])
      await register(bench, { email: "second@example.com" })
      const [, second] = (await list(bench)).customers
      expect(await emailsOf(bench, `?created_after=${second!.created_at}`)).toEqual(["second@example.com"])
      expect(await emailsOf(bench, "?created_after=2000-01-01")).toHaveLength(2)
      const since = new Date().toISOString()
      expect(await emailsOf(bench, `?updated_since=${since}`)).toEqual([])
      await updateCustomerAddressesWorkflow(bench.container).run({ input: { selector: { id: address!.id }, update: { city: "Hawalli" } } })
      expect(await emailsOf(bench, `?updated_since=${since}`)).toEqual(["first@example.com"])
    })

    it("leaves out customers that were deleted", async () => {
      const [gone] = await register(bench, { email: "gone@example.com" })
      await bench.container.resolve("customer").softDeleteCustomers([gone!.id])
      expect((await list(bench)).total).toBe(0)
      expect((await bench.client.get(`/odoo/customers/${gone!.id}`)).status).toBe(404)
    })

    it("shows what Medusa's own query says of customers and their addresses", async () => {
      const customers = bench.container.resolve("customer")
      const made = await register(
        bench,
        { email: "One@Example.com", first_name: "Noor", phone: "+9651", metadata: { vip: true, z: [1], a: null } },
        { email: "two@example.com", last_name: "Al-Sabah", company_name: "Sabah & Co" },
        { email: "three@example.com" }
      )
      const [one, two, three] = made.map(({ id }) => id) as [string, string, string]
      const [, , gone] = await customers.createCustomerAddresses([
        { ...addressOf({ customer_id: one, phone: "+9652" }), first_name: "N", company: "C", is_default_shipping: true },
        { ...addressOf({ customer_id: one }), province: "Hawalli", postal_code: "20001", is_default_billing: true },
        addressOf({ customer_id: two }),
      ])
      await customers.deleteCustomerAddresses([gone!.id])
      const { data } = await bench.container.resolve(ContainerRegistrationKeys.QUERY).graph({
        entity: "customer",
        fields: ["*", "addresses.*"],
        filters: { id: [one, two, three] },
      })
      const documents = (data as CustomerSource[]).map((customer) => customerDocument(customer, null)).sort(compareIds)
      expect(documents).toHaveLength(3)
      expect(await readCustomerProfiles(bench.container, documents.map(({ id }) => id))).toEqual(documents)
    })

    it("asks the database as often for many customers as for one", async () => {
      await register(bench, ...Array.from({ length: 40 }, (_, index) => ({ email: `c${String(index)}@example.com` })))
      // the second time, so that what is read once for a process does not count
      await list(bench)
      const one = await leastStatements(() => list(bench, "?limit=1"))
      expect(one).toBeGreaterThan(0)
      expect(await leastStatements(() => list(bench, "?limit=40"))).toBeLessThanOrEqual(one + 1)
    })

    it("says what is wrong with a query", async () => {
      for (const query of [
        "limit=0", "limit=501", "offset=-1", "cursor=mine", "created_after=yesterday", "updated_since=2026-02-30",
        "email=%00", "email=a&email=b", "email[a]=b", `phone=${"9".repeat(256)}`,
      ]) {
        const { status, data } = await bench.client.get(`/odoo/customers?${query}`)
        expect([query, status, data.error?.code]).toEqual([query, 400, "VALIDATION_ERROR"])
      }
    })
  })

  describe("what a customer has bought", () => {
    const customerOf = async (orderId: string) =>
      (await bench.container.resolve("order").retrieveOrder(orderId, { select: ["id", "customer_id"] })).customer_id!

    it("is the sum of the orders' totals, with tax and discount, as the order list shows them", async () => {
      await createPromotionsWorkflow(bench.container).run({
        input: {
          promotionsData: [
            {
              code: "THIRD",
              type: "standard",
              status: "active",
              application_method: { type: "percentage", target_type: "items", allocation: "across", value: 33.3, currency_code: "kwd" },
            },
          ],
        },
      })
      const first = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 3 }], { promotionCodes: ["THIRD"] })
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 7 }])
      const { data } = await bench.client.get("/odoo/orders")
      const spent = data.orders.reduce((sum: number, order: { total: number }) => sum + order.total, 0)
      const customer = await show(bench, await customerOf(first.id))
      expect(spent).toBeGreaterThan(0)
      expect(customer).toMatchObject({ order_count: 2, total_spent: spent })
      expect(customer.stats).toEqual({
        order_count: 2, total_spent: spent, by_currency: [{ currency_code: "kwd", order_count: 2, total_spent: spent }],
      })
    })

    it("leaves out canceled orders and drafts, and keeps archived ones", async () => {
      const orders = bench.container.resolve("order")
      const placed = [await bench.shopper.buy(MUG), await bench.shopper.buy(MUG), await bench.shopper.buy(MUG)]
      const id = await customerOf(placed[0]!.id)
      await orders.cancel(placed[0]!.id)
      await orders.completeOrder(placed[1]!.id)
      await orders.archive(placed[1]!.id)
      await orders.createOrders({ currency_code: "kwd", customer_id: id, status: OrderStatus.DRAFT, ...DRAFT })
      expect((await show(bench, id)).order_count).toBe(2)
      await orders.archive(placed[0]!.id)
      expect((await show(bench, id)).order_count).toBe(2)
    })

    it("follows an order that is edited", async () => {
      const admin = { created_by: "user_1" }
      const placed = await bench.shopper.buy(MUG)
      const id = await customerOf(placed.id)
      const before = (await show(bench, id)).total_spent
      await beginOrderEditOrderWorkflow(bench.container).run({ input: { order_id: placed.id, ...admin } })
      await orderEditAddNewItemWorkflow(bench.container).run({
        input: { order_id: placed.id, items: [{ variant_id: bench.shop.variants["SHIRT-S"]!.id, quantity: 1 }] },
      })
      expect((await show(bench, id)).total_spent).toBe(before)
      await confirmOrderEditRequestWorkflow(bench.container).run({ input: { order_id: placed.id, confirmed_by: "user_1" } })
      const { total } = await bench.container.resolve("order").retrieveOrder(placed.id, { select: ["id", "total"] })
      const after = await show(bench, id)
      expect(after.total_spent).toBe(new BigNumber(String(total)).times(1000).decimalPlaces(0).toNumber())
      expect(after.total_spent).toBeGreaterThan(before)
      expect(after.order_count).toBe(1)
    })

    it("counts orders in other currencies, but does not convert what was spent", async () => {
      const [customer] = await register(bench, { email: "traveller@example.com" })
      const order = await bench.container.resolve("order").createOrders({
        currency_code: "jpy", customer_id: customer!.id, items: [{ title: "Mug", quantity: 2, unit_price: 250 }],
      })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [order.id] } })
      expect(await show(bench, customer!.id)).toMatchObject({
        order_count: 1, total_spent: 0, stats: { by_currency: [{ currency_code: "jpy", order_count: 1, total_spent: 500 }] },
      })
    })
  })

  describe("GET /odoo/customers?updated_since", () => {
    it("lists who has bought since, and whose order was canceled", async () => {
      const [first, second] = await register(bench, { email: "first@example.com" }, { email: "second@example.com" })
      const db = bench.container.resolve("__pg_connection__")
      const orders = bench.container.resolve("order")
      const ids: string[] = []
      for (const { id } of [first!, second!]) {
        ids.push((await orders.createOrders({ currency_code: "kwd", customer_id: id, items: [{ title: "Mug", quantity: 1, unit_price: 2 }] })).id)
      }
      await captureOrdersWorkflow(bench.container).run({ input: { ids } })
      await db.raw(`UPDATE "order" SET updated_at = now() - interval '1 day'`)
      await db.raw("UPDATE customer SET updated_at = now() - interval '1 day'")
      const since = new Date(Date.now() - 3_600_000).toISOString()
      expect(await emailsOf(bench, `?updated_since=${since}`)).toEqual([])
      await orders.cancel(ids[0]!)
      expect(await emailsOf(bench, `?updated_since=${since}`)).toEqual(["first@example.com"])
      const { id } = await orders.createOrders({ currency_code: "kwd", customer_id: second!.id, items: [{ title: "Mug", quantity: 1, unit_price: 2 }] })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
      expect((await emailsOf(bench, `?updated_since=${since}`)).sort()).toEqual(["first@example.com", "second@example.com"])
    })

    it("lists who has given an order away, and who got it", async () => {
      // without a link, whose arrival in the metadata would change the order and the customer once more
      bench.standIn.answer = () => ({ body: { success: true } })
      const [first, second, third] = await register(bench, ...["first", "second", "third"].map((name) => ({ email: `${name}@example.com` })))
      const { id: inShop } = await bench.shopper.buy(MUG, { email: "guest@example.com" })
      const [guest] = await bench.container.resolve("customer").listCustomers({ email: "guest@example.com" })
      const order = { currency_code: "kwd", items: [{ title: "Mug", quantity: 1, unit_price: 2 }] }
      const { id: byHand } = await bench.container.resolve("order").createOrders({ ...order, customer_id: first!.id, email: "First@example.com" })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [inShop, byHand] } })
      const db = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const since = new Date(Date.now() - 3_600_000).toISOString()
      const changedSince = async (work: () => Promise<unknown>) => {
        for (const table of [`"order"`, "customer"]) {
          await db.raw(`UPDATE ${table} SET updated_at = now() - interval '1 day'`)
        }
        await db.raw("UPDATE order_change SET confirmed_at = now() - interval '1 day' WHERE confirmed_at IS NOT NULL")
        expect(await emailsOf(bench, `?updated_since=${since}`)).toEqual([])
        await work()
        return (await emailsOf(bench, `?updated_since=${since}`)).sort()
      }
      const transfer = async (order_id: string, customer_id: string) => {
        const { id: changeId } = (await requestOrderTransferWorkflow(bench.container).run({ input: { order_id, customer_id, logged_in_user: "" } })).result.order_change
        const [action] = await bench.container.resolve("order").listOrderChangeActions({ order_change_id: changeId })
        return () => acceptOrderTransferWorkflow(bench.container).run({ input: { order_id, token: String(action!.details!.token) } })
      }
      expect(await changedSince(await transfer(byHand, second!.id))).toEqual(["first@example.com", "second@example.com"])
      // the e-mail of an order stays the one of who has bought it
      expect(await changedSince(await transfer(byHand, third!.id))).toEqual(["first@example.com", "second@example.com", "third@example.com"])
      await bench.container.resolve("customer").updateCustomers(guest!.id, { email: "moved@example.com" })
      expect(await changedSince(await transfer(inShop, third!.id))).toEqual(["moved@example.com", "third@example.com"])
      // several are made in the same millisecond, and then stand in the order of their ids
      expect((await list(bench)).customers.map(({ email, order_count }) => [email, order_count]).sort()).toEqual([
        ["first@example.com", 0], ["moved@example.com", 0], ["second@example.com", 0], ["third@example.com", 2],
      ])
      // a transfer that nobody has accepted changes nothing
      expect(await changedSince(async () => await transfer(inShop, first!.id))).toEqual([])
    })
  })

  describe("GET /odoo/customers/{id}", () => {
    it("answers NOT_FOUND for a customer that is not there, whatever the id looks like", async () => {
      for (const id of ["cus_nothing", "7", "%00", "%20", "x".repeat(3000), "__proto__"]) {
        const { status, data } = await bench.client.get(`/odoo/customers/${id}`)
        expect([id, status, data.error.code]).toEqual([id, 404, "NOT_FOUND"])
      }
    })
  })

  describe("POST /odoo/customers/{id}/synced", () => {
    const synced = (id: string, body: unknown) => bench.client.post(`/odoo/customers/${id}/synced`, body)
    const someone = async (members: Record<string, unknown> = {}) =>
      (await register(bench, { email: "layla@example.com", ...members }))[0]!.id

    it("links the customer, may be repeated, and keeps what other metadata there is", async () => {
      const id = await someone({ metadata: { vip: true } })
      const first = await synced(id, { odoo_customer_id: 42, synced_at: "2026-11-21 10:00:00" })
      expect(first.status).toBe(200)
      expect(customerSyncedAnswer.parse(first.data)).toEqual({
        success: true, customer_id: id, odoo_customer_id: 42, synced_at: "2026-11-21T10:00:00.000Z",
      })
      expect((await synced(id, { odoo_customer_id: "42" })).data).toEqual(first.data)
      expect((await synced(id, { odoo_customer_id: [42, "Layla"], synced_at: false })).data).toEqual(first.data)
      const mirrored = { vip: true, odoo_synced: true, odoo_customer_id: 42, odoo_sync_date: "2026-11-21T10:00:00.000Z" }
      expect((await bench.container.resolve("customer").retrieveCustomer(id)).metadata).toEqual(mirrored)
      const shown = await show(bench, id)
      expect(shown.metadata).toEqual(mirrored)
      expect(shown.odoo).toEqual({ synced: true, odoo_customer_id: 42, synced_at: "2026-11-21T10:00:00.000Z" })
    })

    it("refuses another Odoo customer and names the present one, unless it is forced", async () => {
      const id = await someone()
      await synced(id, { odoo_customer_id: 42 })
      const refused = await synced(id, { odoo_customer_id: 43 })
      expect(refused.status).toBe(409)
      expect(refused.data.error).toMatchObject({ code: "CONFLICT", details: { odoo_id: 42 } })
      expect((await show(bench, id)).odoo.odoo_customer_id).toBe(42)
      const forced = await synced(id, { odoo_customer_id: 43, force: true })
      expect([forced.status, forced.data.odoo_customer_id]).toEqual([200, 43])
      expect((await show(bench, id)).metadata.odoo_customer_id).toBe(43)
    })

    it("answers NOT_FOUND for a customer that is not there, and says what is wrong with a body", async () => {
      expect((await synced("cus_nothing", { odoo_customer_id: 7 })).status).toBe(404)
      const id = await someone()
      for (const body of [{}, [], { odoo_customer_id: false }, { odoo_customer_id: 1.5 }, { odoo_customer_id: 0 },
        { odoo_customer_id: "a\u0000b" }, { odoo_customer_id: 7, synced_at: "soon" }, { odoo_customer_id: 7, force: "yes" }]) {
        const { status, data } = await synced(id, body)
        expect([body, status, data.error?.code]).toEqual([body, 400, "VALIDATION_ERROR"])
      }
      expect((await show(bench, id)).odoo.synced).toBe(false)
    })
  })
})
