import { createServer } from "http"
import { once } from "events"
import type { AddressInfo } from "net"

import payLateInvoices from "../../src/jobs/pay-late-invoices"
import { resolveOptions } from "../../src/modules/odoo/options"
import { Admin } from "../support/admin"
import { API_KEY, shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

const SECRET = "the-secret-of-the-webhooks"

shopSuite({}, (bench) => {
  describe("a shop with a webhook, and all variables of the older description set", () => {
    /** what somebody has asked of the Odoo that the variables name */
    const asked: string[] = []
    const odoo = createServer((request, response) => {
      asked.push(`${String(request.method)} ${String(request.url)}`)
      response.writeHead(404).end()
    })

    beforeAll(async () => {
      odoo.listen(0, "127.0.0.1")
      await once(odoo, "listening")
      const variables = {
        ODOO_URL: `http://127.0.0.1:${String((odoo.address() as AddressInfo).port)}`,
        ODOO_DB_NAME: "shop",
        ODOO_USERNAME: "medusa@example.com",
        ODOO_PASSWORD: "a-password",
        ODOO_API_KEY: API_KEY,
        ODOO_WEBHOOK_URL: bench.standIn.url,
        ODOO_WEBHOOK_SECRET: SECRET,
      }
      Object.assign(bench.odoo.options, resolveOptions({}, variables))
      await bench.odoo.outbox.keepDestinations()
    })
    afterAll(() => {
      odoo.closeAllConnections()
      odoo.close()
    })

    it("has one destination, which is told of an order once, and asks nothing of that Odoo", async () => {
      expect((await bench.odoo.outbox.destinations()).map(({ id, kind, events }) => [id, kind, events])).toEqual([
        ["webhook", "webhook", expect.arrayContaining(["order.created", "order.status_updated", "customer.created", "customer.updated"])],
      ])
      const { id, display_id: displayId } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }])
      await bench.untilAllIsTold()
      const arrived = bench.standIn.deliveries.filter(({ body }) => body.event === "order.created")
      expect(arrived.map(({ body }) => body.data.order)).toEqual([expect.objectContaining({ id, display_id: displayId })])
      expect(arrived[0]!.headers).toHaveProperty("webhook-signature")
      // what the receiver calls the order is its link, as before
      const { data } = await bench.client.get(`/odoo/orders/${id}`)
      expect(data.order.odoo).toMatchObject({ odoo_order_id: displayId, odoo_order_name: `S${String(displayId).padStart(5, "0")}` })
      const admin = await Admin.signIn(bench)
      const payment = (await admin.order(id)).payment_collections[0]!.payments[0]!
      await admin.post(`/admin/payments/${payment.id}/capture`)
      await waitFor("the capture is told", () => bench.standIn.deliveries.some(({ body }) => body.event === "order.status_updated"))
      await bench.untilAllIsTold()
      await payLateInvoices(bench.container)
      const deliveries = await bench.odoo.listOdooDeliveries({})
      expect([...new Set(deliveries.map(({ destination_id: destination }) => destination))]).toEqual(["webhook"])
      expect(bench.standIn.deliveries.map(({ body }) => body.event)).not.toContain("order.updated")
      expect(asked).toEqual([])
    })
  })
})
