import { WorkflowManager } from "@medusajs/framework/orchestration"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { CustomerDocument } from "../../src/wire/customer-document"
import type { StatusUpdate } from "../../src/wire/events"
import odooBacklog from "../../src/scripts/odoo-backlog"
import { orderType } from "../../src/records/order"
import { captureOrdersWorkflow } from "../../src/workflows"
import { dispatchDue } from "../../src/outbox/dispatcher"
import { sendBacklog } from "../../src/workflows/sweep/backlog"
import { sweepDue } from "../../src/workflows/sweep/sweep"
import { ADDRESS } from "../support/shopper"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents } from "../support/events"

shopSuite({ empty: true }, (bench) => {
  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows

  const allSent = async () => {
    await dispatchDue(bench.container)
    await waitFor("all is sent", async () => (await listEvents(bench.odoo, { status: "pending" })).length === 0)
  }

  /** Sweeps now, and sends what was found; gives the events that Odoo was told. */
  const sweep = async () => {
    await query("UPDATE odoo_sweep SET next_at = now()")
    const result = await sweepDue(bench.container)
    await allSent()
    return { ...result, told: bench.standIn.deliveries.map(({ body }) => body.event) }
  }

  /** What was made a moment ago is left alone for some seconds: this makes it older. */
  const settle = () =>
    Promise.all([
      query(`UPDATE "order" SET created_at = created_at - interval '15 seconds'`),
      query(`UPDATE customer SET created_at = created_at - interval '15 seconds'`),
    ])

  /** Makes the plugin one that was installed at this moment: what is there is from before. */
  const installNow = async () => {
    await query("DELETE FROM odoo_snapshot")
    await query("DELETE FROM odoo_delivery")
    await query("DELETE FROM odoo_event")
    await query(
      "UPDATE odoo_sweep SET installed_at = clock_timestamp(), swept_until = clock_timestamp(), baseline_done_at = NULL, reconciled_at = NULL"
    )
  }

  // a sweep that is due is this file's to make: the job's own would take it away from a test, now and then
  beforeAll(() => WorkflowManager.unregister("job-odoo-sweep"))

  beforeEach(async () => {
    // a shop in which the plugin has been for long
    await query("UPDATE odoo_sweep SET installed_at = now() - interval '1 year', baseline_done_at = now()")
  })

  const orders = () => bench.container.resolve(Modules.ORDER)

  /** An order of which Medusa emits no event of its workflows. */
  const enter = async () =>
    await orders().createOrders({
      currency_code: "kwd",
      email: "silent@example.com",
      items: [{ title: "Mug", quantity: 1, unit_price: 1.255 }],
    })

  const enterDraft = async () => {
    const draft = { currency_code: "kwd", email: "draft@example.com", is_draft_order: true, status: "draft" }
    return await orders().createOrders(draft)
  }

  const customers = () => bench.container.resolve(Modules.CUSTOMER)

  describe("the sweep", () => {
    it("finds an order of which no event told, once", async () => {
      const { id } = await enter()
      await settle()
      expect((await sweep()).told).toEqual(["order.created"])
      expect(bench.standIn.deliveries[0]!.body.data.order).toMatchObject({ id })
      expect(await sweep()).toMatchObject({ captured: 0, told: ["order.created"] })
    })

    it("leaves an order alone that may still be taken back", async () => {
      await enter()
      expect((await sweep()).told).toEqual([])
      await settle()
      expect((await sweep()).told).toEqual(["order.created"])
    })

    it("leaves drafts alone", async () => {
      const { id } = await enterDraft()
      await settle()
      expect((await sweep()).told).toEqual([])
      await orders().updateOrders(id, { is_draft_order: false, status: "pending" })
      expect((await sweep()).told).toEqual(["order.created"])
    })

    it("finds a status that changed, and a payment that was captured, with true old values", async () => {
      const { id } = await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      await waitFor("Odoo has the order", () => bench.standIn.deliveries.length === 2)
      bench.standIn.reset()
      const [payment] = await query<{ id: string }>("SELECT id FROM payment")
      await bench.container.resolve(Modules.PAYMENT).capturePayment({ payment_id: payment!.id })
      await orders().updateOrders(id, { status: "completed" })
      expect((await sweep()).told).toEqual(["order.status_updated"])
      expect(bench.standIn.deliveries[0]!.body.data as StatusUpdate).toMatchObject({
        old_status: "pending",
        new_status: "completed",
        old_payment_status: "authorized",
        payment_status: "captured",
      })
    })

    it("finds what changed long before, once everything is compared", async () => {
      const { id } = await enter()
      await settle()
      await sweep()
      await orders().updateOrders(id, { status: "completed" })
      for (const table of [`"order"`, "order_item"]) {
        await query(`UPDATE ${table} SET updated_at = updated_at - interval '5 days'`)
      }
      expect((await sweep()).told).toEqual(["order.created"])
      await query("UPDATE odoo_sweep SET reconciled_at = now() - interval '25 hours'")
      expect((await sweep()).told).toEqual(["order.created", "order.status_updated"])
    })

    it("finds a customer, an address and its removal", async () => {
      const { id } = await customers().createCustomers({ email: "silent@example.com", has_account: true })
      await settle()
      await sweep()
      const { id: address } = await customers().createCustomerAddresses({ ...ADDRESS, customer_id: id })
      await sweep()
      await customers().deleteCustomerAddresses([address])
      await query("UPDATE odoo_sweep SET reconciled_at = now() - interval '25 hours'")
      expect((await sweep()).told).toEqual(["customer.created", "customer.updated", "customer.updated"])
      const told = bench.standIn.deliveries.map(({ body }) => (body.data.customer as CustomerDocument).addresses.length)
      expect(told).toEqual([0, 1, 0])
    })

    it("tells of no visitor who has left addresses in a cart, right or mistyped, and bought nothing", async () => {
      const store = bench.stranger
      store.defaults.headers.common["x-publishable-api-key"] = bench.shop.publishableKey
      const { data } = await store.post<{ cart: { id: string } }>("/store/carts", { region_id: bench.shop.regionId, email: "typo@example.com" })
      await store.post(`/store/carts/${data.cart.id}`, { email: "right@example.com" })
      expect(await customers().listCustomers({ email: ["typo@example.com", "right@example.com"] })).toHaveLength(2)
      await settle()
      expect((await sweep()).told).toEqual([])
    })

    it("calls a guest as at the last order, of which no event told", async () => {
      const { id } = await customers().createCustomers({ email: "guest@example.com" })
      const order = (lastName: string) =>
        orders().createOrders({
          currency_code: "kwd", email: "guest@example.com", customer_id: id, shipping_address: { ...ADDRESS, last_name: lastName },
          items: [{ title: "Mug", quantity: 1, unit_price: 1.255 }],
        })
      await order("Al-Sabah")
      await settle()
      await sweep()
      await order("Al-Rashid")
      await settle()
      await sweep()
      const names = bench.standIn.deliveries.flatMap(({ body }) => (body.data.customer as CustomerDocument | undefined)?.last_name ?? [])
      expect(names).toEqual(["Al-Sabah", "Al-Rashid"])
    })

    it("shows a link in the order's metadata where the process died before it could", async () => {
      const { id } = await enter()
      await settle()
      await sweep()
      await query("DELETE FROM odoo_link")
      await bench.odoo.links.link({ kind: "order", recordId: id, odooId: "7", odooName: "S00007", syncedAt: null, force: false })
      await orders().updateOrders(id, { metadata: { odoo_synced: "", odoo_order_id: "" } })
      await query("UPDATE odoo_link SET updated_at = updated_at - interval '15 seconds'")
      await sweep()
      expect((await orders().retrieveOrder(id)).metadata).toMatchObject({ odoo_synced: true, odoo_order_id: 7, odoo_order_name: "S00007" })
    })

    it("is one instance's at a time, and is due again when its time has come", async () => {
      await enter()
      await settle()
      await query("UPDATE odoo_sweep SET next_at = now() + interval '1 minute'")
      expect(await sweepDue(bench.container)).toEqual({ captured: 0, failed: 0 })
      await query("UPDATE odoo_sweep SET next_at = now()")
      const both = await Promise.all([bench.odoo.sweeps.take("order"), bench.odoo.sweeps.take("order")])
      expect(both.filter((sweepOfOne) => sweepOfOne !== undefined)).toHaveLength(1)
      expect((await sweep()).told).toEqual(["order.created"])
    })

    it("is not kept from the others by a record that can not be read", async () => {
      const broken = await enter()
      const { id } = await enter()
      await settle()
      await query(`UPDATE order_item SET raw_quantity = '{"value": "many"}' WHERE order_id = :id`, { id: broken.id })
      bench.errors.expect(`order ${broken.id} could not be captured, Odoo is not told of it: TypeError: not an amount`)
      const { failed, told } = await sweep()
      expect([failed, told]).toEqual([1, ["order.created"]])
      expect(bench.standIn.deliveries[0]!.body.data.order).toMatchObject({ id })
      await query(`UPDATE order_item SET raw_quantity = '{"value": "1"}' WHERE order_id = :id`, { id: broken.id })
      expect(await sweep()).toMatchObject({ failed: 0, told: ["order.created", "order.created"] })
    })
  })

  describe("the first sweep of a shop that is older than the plugin", () => {
    it("notes what is there without sending it, and tells of its later changes", async () => {
      const { id } = await enter()
      const { id: customer } = await customers().createCustomers({ email: "old@example.com", has_account: true })
      await installNow()
      expect((await sweep()).told).toEqual([])
      await orders().updateOrders(id, { status: "completed" })
      await customers().updateCustomers(customer, { phone: "+96522221111" })
      expect((await sweep()).told.sort()).toEqual(["customer.updated", "order.status_updated"])
      expect(bench.standIn.deliveries.find(({ body }) => body.event === "order.status_updated")!.body.data).toMatchObject({
        old_status: "pending",
        new_status: "completed",
      })
    })

    it("goes on where it was broken off", async () => {
      const made = [await enter(), await enter(), await enter()]
      await installNow()
      // the two newest are noted
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [made[1]!.id, made[2]!.id] } })
      const position = { created_at: new Date(made[1]!.created_at).toISOString(), id: made[1]!.id }
      await query("UPDATE odoo_sweep SET baseline_position = CAST(:position AS jsonb) WHERE id = 'order'", {
        position: JSON.stringify(position),
      })
      expect((await sweep()).told).toEqual([])
      const states = await bench.odoo.snapshots.of("order", made.map(({ id }) => id))
      expect(states.has(made[0]!.id)).toBe(true)
      expect(await bench.odoo.sweeps.of("order")).toMatchObject({ baseline_done_at: expect.any(Date) })
    })

    it("does not take an order for old that is placed now, though it was a draft before", async () => {
      const { id } = await enterDraft()
      await installNow()
      await orders().updateOrders(id, { is_draft_order: false, status: "pending" })
      const eventBus = bench.container.resolve(Modules.EVENT_BUS)
      await eventBus.emit({ name: "order.placed", data: { id } })
      const told = await waitFor("Odoo is told", () => bench.standIn.deliveries[0])
      expect(told.body).toMatchObject({ event: "order.created", data: { order: { id } } })
    })
  })

  describe("the backlog", () => {
    const send = async (input: { since: Date; dryRun?: boolean }) => {
      const progress = await sendBacklog(bench.container, { kinds: ["order", "customer"], dryRun: false, ...input })
      await allSent()
      return Object.fromEntries(progress.map(({ kind, written, total }) => [kind, { written, total }]))
    }

    it("is sent from a date on, the oldest first, once, without what Odoo has and what was canceled", async () => {
      const age = async (id: string, days: number) => {
        await query(`UPDATE "order" SET created_at = now() - :days * interval '1 day' WHERE id = :id`, { id, days: String(days) })
      }
      const [tooOld, second, first, linked, canceled] = [await enter(), await enter(), await enter(), await enter(), await enter()]
      await age(tooOld.id, 40)
      await age(second.id, 10)
      await age(first.id, 20)
      await orders().updateOrders(canceled.id, { status: "canceled" })
      await customers().createCustomers({ email: "old@example.com", has_account: true })
      await installNow()
      await bench.odoo.links.link({ kind: "order", recordId: linked.id, odooId: "5", odooName: null, syncedAt: null, force: false })
      const since = new Date(Date.now() - 30 * 24 * 60 * 60_000)
      expect(await send({ since, dryRun: true })).toEqual({ order: { written: 0, total: 2 }, customer: { written: 0, total: 1 } })
      expect(bench.standIn.deliveries).toEqual([])
      expect(await send({ since })).toEqual({ order: { written: 2, total: 2 }, customer: { written: 1, total: 1 } })
      const events = await listEvents(bench.odoo, { record_kind: "order" }, { order: { sequence: "ASC" } })
      expect(events.map(({ record_id: id, status }) => [id, status])).toEqual([
        [first.id, "delivered"],
        [second.id, "delivered"],
      ])
      expect(await send({ since })).toEqual({ order: { written: 0, total: 0 }, customer: { written: 0, total: 0 } })
    })

    it("tells of an order as it is when the event is written, and is not kept from it by one that can not be read", async () => {
      const broken = await enter()
      const { id } = await enter()
      await query(`UPDATE order_item SET raw_quantity = '{"value": "many"}' WHERE order_id = :id`, { id: broken.id })
      bench.errors.expect(`order ${broken.id} could not be captured, Odoo is not told of it: TypeError: not an amount`)
      await query("UPDATE odoo_sweep SET baseline_done_at = NULL, installed_at = now() + interval '1 minute'")
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
      await query(
        `INSERT INTO odoo_snapshot (id, record_kind, record_id, snapshot, source_version) VALUES ('ostt_broken', 'order', :id, '{}', '')`,
        { id: broken.id }
      )
      await query("UPDATE odoo_sweep SET baseline_done_at = now()")
      const read = orderType.readCreated
      const spy = jest.spyOn(orderType, "readCreated").mockImplementationOnce(read).mockImplementationOnce(read)
      spy.mockImplementationOnce(async (container, records) => {
        const made = await read(container, records)
        await orders().updateOrders(id, { status: "completed" })
        await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
        return made
      })
      const progress = await sendBacklog(bench.container, { kinds: ["order"], dryRun: false, since: new Date(0) }).finally(() => spy.mockRestore())
      await allSent()
      expect(progress).toMatchObject([{ written: 1, failed: 1, total: 2 }])
      const told = bench.standIn.deliveries.map(({ body }) => (body.data.order as { status: string } | undefined)?.status ?? body.event)
      expect(told).toEqual(["order.status_updated", "completed"])
      await orders().deleteOrders([broken.id])
    })

    it("is sent by a script, which says how far it is", async () => {
      await enter()
      await installNow()
      const printed: string[] = []
      const type = async (...words: string[]) => {
        const { argv } = process
        const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0)
        process.argv = ["node", "medusa", "exec", "odoo-backlog.js", "--", ...words]
        await odooBacklog({ container: bench.container, args: [] }).finally(() => {
          write.mockRestore()
          process.argv = argv
        })
        return printed.splice(0).join("")
      }
      expect(await type("send", "--since", "2026-01-01", "--only", "orders", "--dry-run")).toMatch(/orders +1\n\nNothing is sent/)
      expect(await listEvents(bench.odoo, {})).toEqual([])
      expect(await type("send", "--since", "2026-01-01")).toMatch(/orders: 1 of 1\n[^]*customers +0 +0 +0\norders +1 +1 +0\n/)
      await allSent()
      expect(bench.standIn.deliveries.map(({ body }) => body.event)).toEqual(["order.created"])
    })
  })
})
