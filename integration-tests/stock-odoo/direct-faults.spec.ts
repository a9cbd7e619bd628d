import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { capturePaymentWorkflow, refundPaymentWorkflow } from "@medusajs/medusa/core-flows"
import { randomUUID } from "crypto"

import { LEASE_MARGIN_MS } from "../../src/modules/odoo/repositories/outbox"
import { dispatchDue } from "../../src/outbox/dispatcher"
import { captureOrdersWorkflow } from "../../src/workflows"
import { waitFor } from "../support/wait"
import { OdooClient as RpcClient, odooServer } from "../odoo/client"
import { directSuite, haveProducts } from "./direct-suite"
import { FaultyLine, once, type Fault } from "./faulty-line"
import { invoiceInOdoo } from "./odoo-clerk"
import { Line } from "../odoo/line"
import { makeUserKey, revokeUserKeys } from "../odoo/user-key"

const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

/** What SHIRT-M and the courier come to. */
const TOTAL = 6.75

const IS_DOWN = "the destination odoo does not answer"

/** How long a call is waited for here, in milliseconds; longer than any that Odoo does itself. */
const TIMEOUT_MS = 4_000

/** An error as JSON-RPC writes one. */
const rpcError = (name: string, message: string): Fault => ({
  status: 200,
  body: JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: 200, message: "Odoo Server Error", data: { name, message, debug: "Traceback (most recent call last): …" } } }),
})

const page = (status: number, title: string, headers = {}): Fault => ({
  status,
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body>Somebody's page</body></html>`,
  headers: { "content-type": "text/html", ...headers },
})

directSuite({}, ({ bench, odoo, settled, salesOf, linesOf }) => {
  const server = odooServer()
  const people = new RpcClient(server)
  const line = new Line(new URL(server.url))
  const proxy = new FaultyLine(server.url)
  let logged: string[] = []

  const connect = (changes: Record<string, unknown>) => {
    const { odoo: options } = bench.odoo.options
    bench.odoo.options.odoo = { ...options, connection: { ...options.connection!, ...changes } }
  }
  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows
  const untilIdle = async () => {
    await waitFor("nothing is under way", async () => (await query("SELECT 1 FROM odoo_delivery WHERE leased_until > now()")).length === 0)
  }
  /** makes everything due that waits for a time */
  const later = async () => {
    await untilIdle()
    await query("UPDATE odoo_delivery SET next_attempt_at = now() - interval '1 second' WHERE status IN ('pending', 'waiting')")
    await query("UPDATE odoo_destination SET probe_at = now() - interval '1 second' WHERE down_since IS NOT NULL")
    await dispatchDue(bench.container)
  }
  const isDown = async () => (await query("SELECT 1 FROM odoo_destination WHERE id = 'odoo' AND down_since IS NOT NULL")).length > 0
  const deliveriesOf = async (recordId: string) =>
    (await bench.odoo.listOdooDeliveries({ record_id: recordId, destination_id: "odoo" })).sort((a, b) => a.sequence - b.sequence)
  const newEmail = () => `layla.${randomUUID()}@example.com`
  const buy = async (email = newEmail()) => ({ ...(await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 1 }], { email })), email })
  const failed = async (recordId: string, status = "waiting") =>
    await waitFor(`${recordId} is ${status}`, async () => (await deliveriesOf(recordId)).find((one) => one.status === status && one.error_class !== null), 30_000)

  /** Expects one sale order with the right total and date, and one partner. */
  const expectArrived = async ({ id, email }: { id: string; email: string }) => {
    const { created_at: createdAt } = await bench.container.resolve(Modules.ORDER).retrieveOrder(id)
    const day = new Date(createdAt).toISOString().slice(0, 19).replace("T", " ")
    const sales = await salesOf(id)
    expect(sales).toEqual([expect.objectContaining({ state: "sale", amount_total: TOTAL, date_order: day })])
    expect((await linesOf(sales[0]!.id)).map(({ price_total: total }) => total)).toEqual([5.25, 1.5])
    expect(await odoo.searchRead("res.partner", { domain: [["email", "=", email], ["active", "in", [true, false]]], fields: ["name"] })).toHaveLength(1)
  }
  const expectQuietLog = () => {
    const all = logged.join("\n")
    for (const personal of ["layla.", "Al-Sabah", "Traceback", "x_required_by_another"]) {
      expect(all).not.toContain(personal)
    }
    expect(all).not.toContain(`"${server.password}"`)
  }

  beforeAll(async () => {
    await haveProducts(odoo, SKUS)
    await proxy.start()
  })
  beforeEach(() => {
    proxy.mend()
    connect({ url: proxy.url, timeoutMs: TIMEOUT_MS })
    logged = []
    const logger = bench.container.resolve(ContainerRegistrationKeys.LOGGER)
    const write = logger.error.bind(logger)
    jest.spyOn(logger, "warn").mockImplementation((message) => logged.push(message))
    jest.spyOn(logger, "error").mockImplementation((message: string | Error) => {
      logged.push(String(message))
      write(message)
    })
  })
  afterEach(async () => {
    expectQuietLog()
    jest.restoreAllMocks()
    connect({ url: server.url, password: server.password })
    await line.cut()
  })
  afterAll(() => proxy.stop())

  describe("an outage: all orders wait, and go by themselves after it, where Odoo", () => {
    let endOutage: () => void | Promise<void> = () => undefined

    const everyCall = (fault: Fault) => () => {
      proxy.faults = () => fault
      endOutage = () => {
        proxy.mend()
        // a client that remembers nothing, as if the time had passed for which Odoo asked
        connect({})
      }
    }
    const down = () => {
      // a line that was never mended refuses whoever connects
      connect({ url: "http://127.0.0.1:9" })
      endOutage = () => {
        connect({ url: proxy.url })
      }
    }
    const revokedKey = async () => {
      const key = await makeUserKey(server)
      connect({ password: key })
      await settled((await buy()).id)
      expect(proxy.calls).toContain("res.partner/load")
      await revokeUserKeys(server)
      endOutage = async () => {
        connect({ password: await makeUserKey(server) })
      }
    }

    it.each<[string, () => void | Promise<void>, string, string]>([
      ["is down", down, "transport", "Odoo could not be reached. Check odoo.url, and that Odoo runs. (json/version) It said: ECONNREFUSED"],
      ["is in maintenance", everyCall(page(503, "Be right back")), "http", "Odoo is in maintenance. (common/version) It said: Be right back"],
      ["is being upgraded, and says so with 200", everyCall(page(200, "Upgrade in progress")), "http", "Odoo is in maintenance. (common/version) It said: Upgrade in progress"],
      ["is another site, which answers HTML", everyCall(page(200, "Welcome to the shop")), "http", "The address does not answer as an Odoo does. Check odoo.url. (common/version) It said: Welcome to the shop"],
      ["answers 429", everyCall(page(429, "Too Many Requests", { "retry-after": "120" })), "http", "Odoo takes no calls at the moment."],
      ["answers nothing in time", everyCall({ delayMs: 6_000 }), "timeout", "Odoo did not answer in time."],
      ["has lost its database", everyCall({ rewrite: (text) => text.replaceAll(server.database, `${server.database}_gone`) }), "http", "Odoo has no database of that name. Check odoo.database."],
      ["has revoked the key in the middle", revokedKey, "http", "Odoo does not accept the user with that password or key. Check odoo.username and odoo.password, and whether the key has expired."],
    ])("%s", async (_, bringAbout, errorClass, message) => {
      bench.errors.expect(IS_DOWN)
      await bringAbout()
      const orders = [await buy(), await buy(), await buy()]
      await waitFor("the outage is known", isDown, 40_000)
      await untilIdle()
      const tried = (await bench.odoo.listOdooDeliveries({ destination_id: "odoo" })).filter(({ error_class: kind }) => kind !== null)
      expect(tried.length).toBeGreaterThan(0)
      for (const delivery of tried) {
        expect(delivery).toMatchObject({ status: "waiting", error_class: errorClass, error_message: expect.stringContaining(message) as string, is_outage: true })
      }
      // an order that is placed meanwhile costs nobody an attempt, and the shopper no time
      const calls = proxy.calls.length
      orders.push(await buy())
      await dispatchDue(bench.container)
      await waitFor("the order is noted", async () => (await deliveriesOf(orders[3]!.id)).length > 0)
      await dispatchDue(bench.container)
      expect(await deliveriesOf(orders[3]!.id)).toEqual([expect.objectContaining({ status: "pending", attempts: 0 })])
      expect(proxy.calls).toHaveLength(calls)
      await endOutage()
      await later()
      await Promise.all(orders.map(({ id }) => settled(id)))
      expect(await isDown()).toBe(false)
      for (const order of orders) {
        await expectArrived(order)
      }
    }, 120_000)
  })

  it("an order arrives, once, where Odoo is restarted while it is being told", async () => {
    await line.mend()
    connect({ url: line.url })
    const orders = [await buy(), await buy()]
    await waitFor("Odoo is being told", () => line.isBusy)
    await line.cut()
    await new Promise((resolve) => setTimeout(resolve, 500))
    await line.mend()
    await waitFor("the cut is over", async () => {
      await later()
      return (await Promise.all(orders.map(({ id }) => deliveriesOf(id)))).flat().every(({ status }) => status === "delivered")
    })
    await Promise.all(orders.map(expectArrived))
  })

  it("an order arrives where Odoo is slow, and the shopper does not wait for it", async () => {
    proxy.faults = () => ({ delayMs: 2_000 })
    const order = await buy()
    // Odoo is asked several times before it has the order
    expect(await salesOf(order.id)).toEqual([])
    proxy.faults = () => ({ delayMs: 400 })
    await settled(order.id)
    await expectArrived(order)
  })

  it("a long attempt ends before its lease does, and the order arrives by the next one", async () => {
    await query("UPDATE odoo_destination SET timeout_ms = 1500 WHERE id = 'odoo'")
    proxy.faults = () => ({ delayMs: 300 })
    const order = await buy()
    const { id: deliveryId, error_message: message } = await failed(order.id)
    expect(message).toContain("Odoo did not answer in time.")
    const [attempt] = await bench.odoo.listOdooAttempts({ delivery_id: deliveryId })
    expect(attempt!.duration_ms).toBeLessThan(1_500 + LEASE_MARGIN_MS)
    proxy.mend()
    await query("UPDATE odoo_destination SET timeout_ms = 120000 WHERE id = 'odoo'")
    await later()
    await settled(order.id)
    await expectArrived(order)
  })

  describe("what concerns one order follows the schedule", () => {
    it("and waits for a person, with Odoo's words, where another addon has added a required field", async () => {
      bench.errors.expect(/has failed at odoo and waits for a person \[refused\]/)
      const name = `x_required_by_another_${randomUUID().slice(0, 8)}`
      const [model] = await people.search<{ id: number }>("ir.model", [["model", "=", "sale.order"]], [])
      const field = await people.create("ir.model.fields", { model_id: model!.id, name, field_description: "Cost centre", ttype: "char" })
      let orders
      try {
        // Odoo holds the field to it only where all orders have a value
        await people.call("sale.order", "write", [await people.call("sale.order", "search", [[]]), { [name]: "none" }])
        await people.write("ir.model.fields", field, { required: true })
        orders = [await buy(), await buy()]
        const told = await failed(orders[0]!.id)
        expect(told).toMatchObject({ error_class: "refused", attempts: 1, is_outage: false })
        expect(told.error_message).toMatch(new RegExp(`Odoo refused a record of sale\\.order\\. It said: .*(Cost centre|${name})`))
        for (let attempts = 2; attempts <= 4; attempts += 1) {
          await later()
          await waitFor(`${String(attempts)} attempts are over`, async () => (await deliveriesOf(orders![0]!.id))[0]!.attempts === attempts)
        }
        expect(await failed(orders[0]!.id, "failed")).toMatchObject({ error_class: "refused" })
        expect(await isDown()).toBe(false)
        expect(await salesOf(orders[0]!.id)).toEqual([])
      } finally {
        await people.write("ir.model.fields", field, { required: false })
        await people.call("ir.model.fields", "unlink", [[field]])
      }
      const admin = await bench.admin()
      for (const { id } of orders) {
        const [delivery] = await deliveriesOf(id)
        expect((await admin.post(`/admin/odoo/events/${delivery!.event_id}/replay`, { destination: "odoo" })).status).toBe(200)
      }
      await dispatchDue(bench.container)
      await Promise.all(orders.map(({ id }) => settled(id)))
      await Promise.all(orders.map(expectArrived))
    }, 120_000)

    it("and is repeated at once where other work in Odoo held the records for a moment", async () => {
      proxy.faults = once("sale.order/load", rpcError("psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update"))
      const order = await buy()
      await settled(order.id)
      await expectArrived(order)
      expect(proxy.calls.filter((call) => call === "sale.order/load")).toHaveLength(2)
      expect(await deliveriesOf(order.id)).toEqual([expect.objectContaining({ attempts: 1, status: "delivered" })])
    })

    it("and comes again later where other work in Odoo holds the records for long", async () => {
      const held = rpcError("psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update\nDETAIL: Key (email)=(layla.someone@example.com)")
      proxy.faults = (call) => (call === "sale.order/load" ? held : undefined)
      const order = await buy()
      expect(await failed(order.id)).toMatchObject({ error_class: "rpc_error", error_message: expect.stringContaining("Other work in Odoo held the same records. (sale.order/load)") as string, is_outage: false })
      proxy.mend()
      await later()
      await settled(order.id)
      await expectArrived(order)
    })

    it("and several orders of a new buyer at once make one partner", async () => {
      proxy.faults = () => ({ delayMs: 200 })
      const email = newEmail()
      const orders = [await buy(email), await buy(email), await buy(email), await buy(email)]
      await waitFor("all are told", async () => {
        await later()
        return (await Promise.all(orders.map(({ id }) => deliveriesOf(id)))).every((all) => all.length > 0 && all.every(({ status }) => status === "delivered"))
      })
      await Promise.all(orders.map(expectArrived))
    })
  })

  it("an order waits for the app where Odoo lacks one, names it, and goes by itself once it is there", async () => {
    proxy.faults = (call) => (call.startsWith("sale.order/") ? { rewrite: (text) => text.replaceAll('"sale.order"', '"sale.order.absent"') } : undefined)
    const order = await buy()
    expect(await failed(order.id)).toMatchObject({ error_class: "held", error_message: "Odoo has no sale.order. Install the app Sales in Odoo, and run setup-odoo." })
    for (let tries = 0; tries < 5; tries += 1) {
      await later()
    }
    expect((await failed(order.id)).status).toBe("waiting")
    proxy.mend()
    await later()
    await settled(order.id)
    await expectArrived(order)
  })

  describe("an answer is lost or late after Odoo has done its work, and there is still one of each:", () => {
    it.each(["res.partner/load", "sale.order/load", "sale.order/action_confirm", "sale.order/write"].flatMap((call) => [
      [call, "lost", { isAnswerLost: true }] as const,
      [call, "late", { isAnswerLate: true }] as const,
    ]))("%s, %s", async (call, how, fault) => {
      connect({ timeoutMs: how === "late" ? 2_000 : TIMEOUT_MS })
      proxy.faults = once(call, fault)
      const order = await buy()
      const customer = (await bench.container.resolve(Modules.ORDER).retrieveOrder(order.id)).customer_id!
      const records = [order.id, customer]
      const wrong = await waitFor("an attempt has failed", async () =>
        (await Promise.all(records.map(deliveriesOf))).flat().find(({ error_class: kind }) => kind !== null)
      )
      expect(wrong).toMatchObject({
        status: "waiting",
        error_class: how === "late" ? "timeout" : "transport",
        error_message: expect.stringContaining(`(${call})`) as string,
      })
      await later()
      await Promise.all(records.map((id) => settled(id)))
      await expectArrived(order)
      expect(proxy.calls.filter((each) => each === "sale.order/action_confirm")).toHaveLength(1)
    }, 60_000)

    it("account.move/load, lost, where Odoo's rounding had to be settled next", async () => {
      const order = await buy()
      await settled(order.id)
      const [sale] = await salesOf(order.id)
      const invoices = await invoiceInOdoo(odoo, sale!.id)
      const { data } = await bench.container.resolve(ContainerRegistrationKeys.QUERY).graph({ entity: "order", fields: ["payment_collections.payments.id"], filters: { id: order.id } })
      const paymentId = (data[0] as { payment_collections: { payments: { id: string }[] }[] }).payment_collections[0]!.payments[0]!.id
      const unsettled = async () => (await deliveriesOf(order.id)).filter(({ status }) => status !== "delivered")
      const tell = async () => {
        await captureOrdersWorkflow(bench.container).run({ input: { ids: [order.id] } })
        await dispatchDue(bench.container)
      }
      const lost = (call: string, rewrite = (text: string) => text) => {
        proxy.faults = once(call, { rewrite, isAnswerLost: true })
      }
      // paid, which Odoo has done without saying so
      lost("account.payment.register/action_create_payments")
      await capturePaymentWorkflow(bench.container).run({ input: { payment_id: paymentId } })
      await tell()
      await waitFor("the payment's attempt has failed", async () => (await unsettled()).some(({ error_class: kind }) => kind === "transport"))
      await later()
      await waitFor("the payment is told", async () => (await unsettled()).length === 0)
      expect(await odoo.call("account.payment", "search_count", { domain: [["memo", "ilike", paymentId]] })).toBe(1)
      // refunded, a thousandth less by Odoo's rounding
      lost("account.move/load", (text) => text.replace('"2.5"', '"2.499"'))
      await refundPaymentWorkflow(bench.container).run({ input: { payment_id: paymentId, amount: 2.5 } })
      await tell()
      await waitFor("the refund's attempt has failed", async () => (await unsettled()).some(({ error_message: message }) => message?.includes("account.move/load")))
      for (let tries = 0; tries < 2; tries += 1) {
        await later()
        await waitFor("the refund is told", async () => (await unsettled()).length === 0)
        await tell()
      }
      const notes = await odoo.searchRead("account.move", { domain: [["reversed_entry_id", "in", invoices]], fields: ["state", "amount_total"] })
      expect(notes).toEqual([expect.objectContaining({ state: "draft", amount_total: 2.5 })])
      // Medusa takes a refund off the order's total, so that the sale order has another one by now
      expect(await salesOf(order.id)).toHaveLength(1)
    }, 60_000)
  })
})
