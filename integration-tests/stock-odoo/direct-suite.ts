import { OdooClient } from "../../src/odoo-client"
import { setUp } from "../../src/connection/setup/set-up"
import { shopSuite, type Bench, type SuiteInput } from "../support/suite"
import { waitFor } from "../support/wait"
import { odooServer } from "../odoo/client"

export { haveProducts, haveTax } from "../odoo/have-products"

/** A many2one as Odoo gives it. */
type Many2one = [id: number, name: string]

/** What a sale order says; a test reads the members that it has asked for. */
export type SaleRow = {
  id: number
  name: string
  state: string
  partner_id: Many2one
  partner_invoice_id: Many2one
  partner_shipping_id: Many2one
  client_order_ref: string
  amount_total: number
  amount_tax: number
  currency_id: Many2one
  date_order: string
  picking_ids: number[]
  invoice_ids: number[]
}

/** What a line of a sale order says. */
export type SaleLineRow = {
  id: number
  x_medusa_line_id: string
  product_id: Many2one
  name: string
  product_uom_qty: number
  price_unit: number
  discount: number
  tax_ids: number[]
  price_total: number
}

/** What a test of a shop with a direct connection can reach. */
export type DirectBench = {
  readonly bench: Bench
  readonly odoo: OdooClient
  /** waits until all deliveries of a record have one of these statuses, and gives the last one's message */
  readonly settled: (recordId: string, statuses?: readonly string[]) => Promise<string | null>
  /** does with Odoo what takes its time, such as to install an app */
  readonly slowly: <T>(work: (odoo: OdooClient) => Promise<T>) => Promise<T>
  /** the sale orders of an order, with these fields */
  readonly salesOf: (orderId: string, fields?: readonly string[]) => Promise<SaleRow[]>
  /** the lines of a sale order */
  readonly linesOf: (saleOrderId: number) => Promise<SaleLineRow[]>
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
      slowly: async (work) => {
        const patient = new OdooClient({ url: server.url, database: server.database, username: server.user, password: server.password, timeoutMs: 240_000 })
        try {
          return await work(patient)
        } finally {
          patient.close()
        }
      },
      salesOf: async (orderId, fields = SALE) =>
        (await odoo.searchRead("sale.order", { domain: [["x_medusa_order_id", "=", orderId]], fields, order: "id" })) as SaleRow[],
      linesOf: async (id) =>
        (await odoo.searchRead("sale.order.line", { domain: [["order_id", "=", id]], fields: LINE, order: "sequence, id" })) as SaleLineRow[],
    })
  })
}
