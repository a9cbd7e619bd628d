import { randomUUID } from "crypto"

import type { OdooOptions } from "../../src/modules/odoo/options"
import type { RecordKind } from "../../src/modules/odoo/types"
import { deliverEventsWorkflow } from "../../src/workflows"
import { shopSuite, type Bench } from "../support/suite"
import { waitFor } from "../support/wait"
import { OdooClient, odooServer } from "./client"
import { Line } from "./line"
import { prepareOdoo } from "./shop-in-odoo"
import { type ToldEvent, listEvents, retrieveEvent, updateEvent } from "../support/events"

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

/** The currency that the tests' shop sells in, and its articles. */
const CURRENCY = "KWD"
export const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

/** The addon's controller, as `type='json'` (`jsonrpc` in 19) and as `type='http'`. */
export const RECEIVERS = { json: "/medusa/webhook", http: "/medusa/webhook/http" } as const

type Event = ToldEvent

/** A many2one as Odoo gives it. */
type Many2one = [id: number, name: string]

/** What a sale order says, as far as the tests ask. */
export type Sale = {
  id: number
  name: string
  state: string
  partner_id: Many2one
  partner_shipping_id: Many2one
  currency_id: Many2one
  amount_total: number
}

const SALE_FIELDS: (keyof Sale)[] = ["name", "state", "partner_id", "partner_shipping_id", "currency_id", "amount_total"]

/** What a test of a booted shop with a real Odoo can reach. */
export type OdooBench = {
  readonly bench: Bench
  readonly odoo: OdooClient
  /** between the shop and Odoo */
  readonly line: Line
  /** what the shop's webhooks go by until the test is over, beside the options of all tests */
  readonly configure: (webhook: Partial<OdooOptions["webhook"]> & { path?: string }) => void
  /** an address that nobody in Odoo has yet */
  readonly newEmail: () => string
  /** waits until the record's event of that name has this status */
  readonly eventIs: (status: Event["status"], kind: RecordKind, recordId: string, name?: string) => Promise<Event>
  /** turns the clock: the event's next attempt is made now */
  readonly attemptNow: (event: Event) => Promise<void>
  /** the sale orders that an order has become */
  readonly salesOf: (orderId: string) => Promise<Sale[]>
  /** waits until the order's event is delivered, and gives its one sale order */
  readonly saleOf: (orderId: string) => Promise<Sale>
}

/**
 * Boots a shop whose webhooks go to the Odoo that `ODOO_URL` names, once for all tests of a file. The shop starts each
 * test anew; Odoo keeps what it has.
 * @param set what the shop's environment has beside what all these tests need
 */
export function odooSuite(tests: (suite: OdooBench) => void, set: Record<string, string> = {}): void {
  const server = odooServer()
  const odoo = new OdooClient(server)
  const line = new Line(new URL(server.url))
  const env = { ODOO_WEBHOOK_SECRET: SECRET, ODOO_WEBHOOK_DATABASE: server.database, ODOO_WEBHOOK_TIMEOUT_MS: "60000", ...set }
  shopSuite({ env }, (bench) => {
    let booted: OdooOptions["webhook"] | undefined
    const configure: OdooBench["configure"] = ({ path = RECEIVERS.json, ...webhook }) => {
      const options = bench.odoo.options
      booted ??= { ...options.webhook }
      options.webhook = { ...booted, url: `${line.url}${path}`, ...webhook }
    }
    const eventIs: OdooBench["eventIs"] = (status, kind, recordId, name = `${kind}.created`) =>
      waitFor(`${name} of ${kind} ${recordId} is ${status}`, async () => {
        const [event] = await listEvents(bench.odoo, { record_kind: kind, record_id: recordId, name })
        return event?.status === status && event
      })
    const salesOf = (orderId: string) => odoo.search<Sale>("sale.order", [["medusa_order_id", "=", orderId]], SALE_FIELDS)

    beforeAll(async () => {
      await prepareOdoo(odoo, { secret: SECRET, skus: SKUS, currency: CURRENCY })
    }, 600_000)
    beforeEach(async () => {
      await line.mend()
      configure({})
    })
    afterEach(async () => {
      await line.cut()
    })

    tests({
      bench,
      odoo,
      line,
      configure,
      eventIs,
      salesOf,
      newEmail: () => `layla.${randomUUID()}@example.com`,
      attemptNow: async ({ id }) => {
        const { attempts: before } = await retrieveEvent(bench.odoo, id)
        await updateEvent(bench.odoo, { id, next_attempt_at: new Date(Date.now() - 1_000) })
        await deliverEventsWorkflow(bench.container).run()
        // a delivery that runs already is only asked to look again
        await waitFor("the attempt is over", async () => {
          const { attempts, status } = await retrieveEvent(bench.odoo, id)
          return attempts > before || status === "delivered"
        })
      },
      saleOf: async (orderId) => {
        await eventIs("delivered", "order", orderId)
        const sales = await salesOf(orderId)
        const [sale] = sales
        if (sale === undefined || sales.length > 1) {
          throw new Error(`order ${orderId} has become ${String(sales.length)} sale orders`)
        }
        return sale
      },
    })
  })
}
