import { WorkflowManager } from "@medusajs/framework/orchestration"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { OrderDocument } from "../../src/wire/order-document"
import { captureOrdersWorkflow } from "../../src/workflows"
import { dispatchDue } from "../../src/outbox/dispatcher"
import { sendBacklog } from "../../src/workflows/sweep/backlog"
import { sweepDue } from "../../src/workflows/sweep/sweep"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents } from "../support/events"

const NAME = "SO/2026/001234"

shopSuite({}, (bench) => {
  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows

  const orders = () => bench.container.resolve(Modules.ORDER)

  const mark = (odooId: unknown) => ({ odoo_synced: true, odoo_order_id: odooId, odoo_sync_date: "2026-01-15T10:00:00" })

  const buy = async () => (await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])).id

  /** An order that Odoo could not take when it was placed: its event has been tried and waits. */
  const buyWhileDown = async () => {
    bench.standIn.answer = () => ({ status: 500 })
    const id = await buy()
    await waitFor("an attempt has failed", async () => (await listEvents(bench.odoo, { record_id: id }))[0]?.status === "waiting")
    bench.standIn.reset()
    return id
  }

  const shown = async (id: string) => (await bench.client.get<{ order: OrderDocument }>(`/odoo/orders/${id}`)).data.order

  const listed = async (synced: boolean) =>
    (await bench.client.get<{ orders: OrderDocument[] }>(`/odoo/orders?synced=${String(synced)}`)).data.orders.map((order) => order.id)

  const statusOf = async (id: string) => (await listEvents(bench.odoo, { record_id: id })).map(({ name, status }) => [name, status])

  const dueNow = () => query("UPDATE odoo_delivery SET next_attempt_at = now()")

  const refusals = async (id: string) => (await bench.odoo.listOdooRefusals({ record_id: id })).map(({ said, times, settled_at }) => [said, times, settled_at === null])

  const sweep = async () => {
    await query("UPDATE odoo_sweep SET next_at = now()")
    await sweepDue(bench.container)
  }

  // a sweep that is due is this file's to make
  beforeAll(() => WorkflowManager.unregister("job-odoo-sweep"))

  beforeEach(() => query("UPDATE odoo_sweep SET installed_at = now() - interval '1 year', baseline_done_at = now(), reconciled_at = now()"))

  describe("an order that January's program marks through Medusa's admin API", () => {
    it("counts as synced in all lists, and is not sent to Odoo a second time", async () => {
      const admin = await bench.admin()
      const id = await buyWhileDown()
      expect((await admin.post(`/admin/orders/${id}`, { metadata: mark(NAME) })).status).toBe(200)
      expect([await listed(true), await listed(false)]).toEqual([[id], []])
      const inAdmin = async (synced: boolean) =>
        (await admin.get<{ orders: { id: string }[] }>(`/admin/orders?metadata[odoo_synced]=${String(synced)}`)).data.orders.map((order) => order.id)
      expect([await inAdmin(true), await inAdmin(false)]).toEqual([[id], []])
      expect((await shown(id)).odoo).toMatchObject({ synced: true, odoo_order_id: NAME, synced_at: "2026-01-15T10:00:00.000Z" })
      await dueNow()
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries).toEqual([])
      expect(await statusOf(id)).toEqual([["order.created", "delivered"]])
    })

    it("is found by Odoo's id afterwards, and linking it to another one is refused", async () => {
      const admin = await bench.admin()
      const id = await buyWhileDown()
      await admin.post(`/admin/orders/${id}`, { metadata: mark("57") })
      expect((await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 57 })).status).toBe(200)
      const other = await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 58 })
      expect([other.status, other.data.error.details]).toEqual([409, { odoo_id: 57, odoo_name: null }])
      const told = await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.confirmed", order: { odoo_order_id: 57 } })
      expect([told.status, told.data.order.medusa_order_id]).toEqual([200, id])
    })
  })

  describe("an order that any program marks, of which no event tells", () => {
    it("is not sent, though its event is due already", async () => {
      const id = await buyWhileDown()
      await orders().updateOrders(id, { metadata: mark(57) })
      await dueNow()
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries).toEqual([])
      expect(await statusOf(id)).toEqual([["order.created", "delivered"]])
    })

    it("holds up no other order where its link can not be written, and is looked at again", async () => {
      const [marked, other] = [await buyWhileDown(), await buyWhileDown()]
      bench.errors.expect(`whether Odoo knows order ${marked} could not be looked up, it is tried again soon: database error 23514`)
      await query(`ALTER TABLE odoo_link ADD CONSTRAINT not_this_one CHECK (record_id <> '${marked}') NOT VALID`)
      await orders().updateOrders(marked, { metadata: mark(57) })
      await dueNow()
      await dispatchDue(bench.container)
      expect([await statusOf(marked), await statusOf(other)]).toEqual([[["order.created", "waiting"]], [["order.created", "delivered"]]])
      await query("ALTER TABLE odoo_link DROP CONSTRAINT not_this_one")
      await query("UPDATE odoo_delivery SET leased_until = now() WHERE leased_until > now()")
      await dispatchDue(bench.container)
      expect(await statusOf(marked)).toEqual([["order.created", "delivered"]])
      expect(bench.standIn.deliveries).toHaveLength(1)
    })

    it("is not sent when a person replays the event that has failed", async () => {
      const id = await buyWhileDown()
      await query("UPDATE odoo_delivery SET status = 'failed'")
      await orders().updateOrders(id, { metadata: mark(57) })
      await bench.odoo.outbox.replay({ recordId: id })
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries).toEqual([])
      expect((await shown(id)).odoo.odoo_order_id).toBe(57)
    })

    it("is linked by the sweep, which then finds nothing more to do", async () => {
      const id = await buyWhileDown()
      await orders().updateOrders(id, { metadata: { odoo_order_id: [57, "S00057"], odoo_order_name: "S00057" } })
      await sweep()
      expect((await shown(id)).odoo).toMatchObject({ synced: true, odoo_order_id: 57, odoo_order_name: "S00057" })
      expect((await orders().retrieveOrder(id)).metadata).toMatchObject({ odoo_synced: true, odoo_order_id: 57, odoo_order_name: "S00057" })
      const { updated_at: before } = await orders().retrieveOrder(id)
      await sweep()
      expect((await orders().retrieveOrder(id)).updated_at).toEqual(before)
    })

    it("is linked when everything is compared, though it was marked past Medusa", async () => {
      const id = await buyWhileDown()
      await query(`UPDATE "order" SET metadata = '{"odoo_order_id": "57", "odoo_synced": true}' WHERE id = :id`, { id })
      await query("UPDATE odoo_sweep SET reconciled_at = now() - interval '25 hours'")
      await sweep()
      expect((await shown(id)).odoo.odoo_order_id).toBe(57)
    })

    it("is not sent when it was marked before it was told of, nor from the backlog", async () => {
      const { id } = await orders().createOrders({
        currency_code: "kwd", email: "m@example.com", items: [{ title: "Mug", quantity: 1, unit_price: 2 }], metadata: mark(57),
      })
      await captureOrdersWorkflow(bench.container).run({ input: { ids: [id] } })
      await dispatchDue(bench.container)
      expect([bench.standIn.deliveries, await statusOf(id)]).toEqual([[], [["order.created", "delivered"]]])
      const { id: old } = await orders().createOrders({
        currency_code: "kwd", email: "m@example.com", items: [{ title: "Mug", quantity: 1, unit_price: 2 }], metadata: mark(58),
      })
      await query("UPDATE odoo_sweep SET installed_at = now() + interval '1 hour', baseline_done_at = NULL")
      const [sent] = await sendBacklog(bench.container, { since: new Date(0), kinds: ["order"], dryRun: false })
      expect([sent, await statusOf(old)]).toMatchObject([{ written: 0 }, []])
      await sweep()
    })

    it("is sent as ever where the metadata names no record of Odoo's", async () => {
      const id = await buyWhileDown()
      await orders().updateOrders(id, { metadata: { odoo_synced: false, odoo_order_id: 57 } })
      await dueNow()
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries).toHaveLength(1)
    })
  })

  describe("a link that stands against another one", () => {
    it("is kept for a person when it is written into metadata, and changes nothing by itself", async () => {
      const admin = await bench.admin()
      const id = await buyWhileDown()
      await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 57, odoo_order_name: "S00057" })
      await admin.post(`/admin/orders/${id}`, { metadata: mark(58) })
      expect((await shown(id)).odoo).toMatchObject({ odoo_order_id: 57, odoo_order_name: "S00057" })
      expect((await orders().retrieveOrder(id)).metadata).toMatchObject({ odoo_order_id: 57 })
      expect(await refusals(id)).toEqual([["metadata odoo_order_id=58", 1, true]])
      await sweep()
      expect(await refusals(id)).toEqual([["metadata odoo_order_id=58", 1, true]])
    })

    it("is settled when a person replaces the link by it, which is no conflict of its own", async () => {
      const admin = await bench.admin()
      const id = await buyWhileDown()
      await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 57, odoo_order_name: "S00057" })
      await admin.post(`/admin/orders/${id}`, { metadata: mark(58) })
      expect((await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 58, force: true })).status).toBe(200)
      await sweep()
      expect(await refusals(id)).toEqual([["metadata odoo_order_id=58", 1, false]])
      expect((await orders().retrieveOrder(id)).metadata).toMatchObject({ odoo_order_id: 58 })
      expect((await shown(id)).metadata).not.toHaveProperty("odoo_order_name")
    })

    it("is kept for a person when Odoo's answer names another sale order than the shop knows by then", async () => {
      const admin = await bench.admin()
      bench.standIn.answer = async (delivery) => {
        const { id } = delivery.body.data.order as OrderDocument
        await admin.post(`/admin/orders/${id}`, { metadata: mark(5700) })
        return bench.standIn.usualAnswer(delivery)
      }
      const id = await buy()
      const [refusal] = await waitFor("the answer is written down", async () => {
        const found = await bench.odoo.listOdooRefusals({ record_id: id })
        return found.length > 0 && found
      })
      expect(refusal).toMatchObject({ said: expect.stringMatching(/^answer odoo_order_id=/) as string, code: "CONFLICT" })
      expect((await shown(id)).odoo.odoo_order_id).toBe(5700)
    })
  })

  describe("a customer who is marked through Medusa's admin API", () => {
    it("is linked, and not sent to Odoo a second time", async () => {
      const admin = await bench.admin()
      bench.standIn.answer = () => ({ status: 500 })
      const { data } = await admin.post<{ customer: { id: string } }>("/admin/customers", { email: "noor@example.com", first_name: "Noor" })
      const { id } = data.customer
      await waitFor("an attempt has failed", async () => (await listEvents(bench.odoo, { record_id: id }))[0]?.status === "waiting")
      bench.standIn.reset()
      await admin.post(`/admin/customers/${id}`, { metadata: { odoo_synced: true, odoo_customer_id: 42 } })
      expect((await bench.client.get(`/odoo/customers/${id}`)).data.customer.odoo).toMatchObject({ synced: true, odoo_customer_id: 42 })
      await dueNow()
      await dispatchDue(bench.container)
      expect(bench.standIn.deliveries.filter(({ body }) => body.event === "customer.created")).toEqual([])
    })
  })

  describe("a shopper", () => {
    it("can not keep an order from Odoo by what a cart's metadata says", async () => {
      const cart = await bench.shopper.fillCart([{ sku: "MUG-WHITE", quantity: 1 }])
      const { status } = await bench.stranger.post(`/store/carts/${cart}`, { metadata: { ...mark(57), gift: true } }, {
        headers: { "x-publishable-api-key": bench.shop.publishableKey },
      })
      const { id } = await bench.shopper.checkOut(cart)
      await waitFor("Odoo has the order", () => bench.standIn.deliveries.length === 1)
      expect([status, (await orders().retrieveOrder(id)).metadata]).toMatchObject([200, { gift: true }])
      expect((await shown(id)).odoo.odoo_order_id).not.toBe(57)
    })

    it("can not say what Odoo has said of an order: that it was paid or delivered, or by which parcel", async () => {
      const said = {
        odoo_status: "delivered", odoo_shipped: true, odoo_paid: true, odoo_paid_at: "2026-01-01T00:00:00Z", tracking_number: "FAKE",
        tracking_url: "https://example.com/fake", carrier_name: "FAKE", cancelled_reason: "FAKE", invoice_number: "FAKE",
        invoice_date: "2026-01-01", payment_method_odoo: "FAKE",
      }
      const headers = { "x-publishable-api-key": bench.shop.publishableKey }
      bench.standIn.answer = () => ({ body: { success: true } })
      const cart = await bench.shopper.fillCart([{ sku: "MUG-WHITE", quantity: 1 }])
      expect((await bench.stranger.post(`/store/carts/${cart}`, { metadata: { ...said, gift: true } }, { headers })).status).toBe(200)
      const { id } = await bench.shopper.checkOut(cart)
      expect((await orders().retrieveOrder(id)).metadata).toEqual({ gift: true })
      expect((await shown(id)).odoo.odoo_status).toBeNull()
      const shipped = { event_type: "order.shipped", order: { medusa_order_id: id } }
      expect((await bench.client.post("/odoo/webhooks/order-status", shipped)).data.metadata_updated).toEqual(["odoo_shipped", "odoo_shipped_at"])
    })
  })

  describe("an order that is linked", () => {
    it("shows its sale order's id and name at the same time", async () => {
      const id = await buyWhileDown()
      await bench.odoo.links.link({ kind: "order", recordId: id, odooId: "57", odooName: "S00057", syncedAt: null, force: false })
      expect((await shown(id)).metadata).toMatchObject({ odoo_order_id: 57, odoo_order_name: "S00057" })
    })

    it("has its sale order's name in Medusa's own metadata too, though the process died before the name was written there", async () => {
      const id = await buyWhileDown()
      await bench.client.post(`/odoo/orders/${id}/synced`, { odoo_order_id: 57 })
      await bench.odoo.links.link({ kind: "order", recordId: id, odooId: "57", odooName: "S00057", syncedAt: null, force: false })
      const sweepAll = async () => {
        await query("UPDATE odoo_link SET updated_at = now() - interval '1 minute'")
        await query("UPDATE odoo_sweep SET reconciled_at = now() - interval '25 hours'")
        await sweep()
      }
      await sweepAll()
      expect((await orders().retrieveOrder(id)).metadata).toMatchObject({ odoo_order_id: 57, odoo_order_name: "S00057" })
      const { updated_at: before } = await orders().retrieveOrder(id)
      await sweepAll()
      expect((await orders().retrieveOrder(id)).updated_at).toEqual(before)
    })
  })

  describe("a line whose product the shop has deleted", () => {
    it("still says which product of Odoo's it was", async () => {
      const variant = bench.shop.variants["MUG-WHITE"]!
      await bench.container.resolve(Modules.PRODUCT).updateProductVariants(variant.id, { metadata: { odoo_id: 7 } })
      const id = await buyWhileDown()
      expect((await bench.client.delete("/odoo/products/MUG-WHITE")).status).toBe(200)
      expect((await shown(id)).items).toMatchObject([{ sku: "MUG-WHITE", odoo_product_id: 7 }])
    })
  })
})
