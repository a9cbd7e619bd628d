import { OdooClient } from "../../src/odoo-client"
import { setUp } from "../../src/connection/setup/set-up"
import { shopSuite, type Bench, type SuiteInput } from "../support/suite"
import { waitFor } from "../support/wait"
import { odooServer } from "../odoo/client"

export { haveProducts, haveTax } from "../odoo/have-products"

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads records of any form
type Row = { id: number } & Record<string, any>

/** What a test of a shop with a direct connection can reach. */
export type DirectBench = {
  readonly bench: Bench
  readonly odoo: OdooClient
  /** waits until all deliveries of a record have one of these statuses, and gives the last one's message */
  readonly settled: (recordId: string, statuses?: readonly string[]) => Promise<string | null>
  /** the sale orders of an order, with these fields */
  readonly salesOf: (orderId: string, fields?: readonly string[]) => Promise<Row[]>
  /** the lines of a sale order */
  readonly linesOf: (saleOrderId: number) => Promise<Row[]>
}

const SALE = ["name", "state", "partner_id", "partner_invoice_id", "partner_shipping_id", "client_order_ref", "amount_total", "amount_tax", "currency_id", "date_order"]
const LINE = ["x_medusa_line_id", "product_id", "name", "product_uom_qty", "price_unit", "discount", "tax_ids", "price_total"]

/** Boots a shop that the four variables connect with the Odoo that `ODOO_URL` names. */
export function directSuite(input: SuiteInput, tests: (suite: DirectBench) => void): void {
  const server = odooServer()
  const odoo = new OdooClient({ url: server.url, database: server.database, username: server.user, password: server.password })
  const env = {
    ODOO_WEBHOOK_URL: "",
    ODOO_URL: server.url,
    ODOO_DB_NAME: server.database,
    ODOO_USERNAME: server.user,
    ODOO_PASSWORD: server.password,
    ...input.env,
  }
  shopSuite({ ...input, env }, (bench) => {
    beforeAll(async () => {
      const { steps } = await setUp({ client: odoo, currencies: ["kwd", "usd", "jpy"], companyId: undefined, isDryRun: false, isRemoval: false })
      expect(steps.filter(({ state }) => !["made", "there", "changed"].includes(state))).toEqual([])
    }, 600_000)
    afterAll(() => {
      odoo.close()
    })
    tests({
      bench,
      odoo,
      settled: async (recordId, statuses = ["delivered"]) =>
        await waitFor(`all of ${recordId} is ${statuses.join(" or ")}`, async () => {
          const deliveries = (await bench.odoo.listOdooDeliveries({ record_id: recordId, destination_id: "odoo" })).sort((a, b) => a.sequence - b.sequence)
          const last = deliveries.at(-1)
          return last !== undefined && deliveries.every(({ status }) => statuses.includes(status)) && { message: last.error_message }
        }).then(({ message }) => message),
      salesOf: (orderId, fields = SALE) => odoo.searchRead("sale.order", { domain: [["x_medusa_order_id", "=", orderId]], fields, order: "id" }),
      linesOf: (id) => odoo.searchRead("sale.order.line", { domain: [["order_id", "=", id]], fields: LINE, order: "sequence, id" }),
    })
  })
}
