import axios, { type AxiosInstance } from "axios"
import { randomUUID } from "crypto"

import { setUp } from "../../src/connection/setup/set-up"
import { OdooClient, type OdooRecord } from "../../src/odoo-client"
import { haveProducts } from "../odoo/have-products"
import { odooServer } from "../odoo/client"
import type { Cleanup } from "../support/cleanup"
import { ProcessShop } from "../support/process-shop"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"
import { figure } from "./report"

/** How many calls the bare loop has under way: as many as the direct connection has orders. */
const CONCURRENCY = 4

const SKUS = ["SHIRT-M", "MUG-WHITE"]

/** How long anything is waited for; milliseconds. */
const PATIENCE_MS = 600_000

/** Orders a second, turn by turn. */
type Rates = { direct: number[]; bare: number[] }

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

/** Does work for each of some numbers, so many at once. */
async function atOnce(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const hand = async () => {
    for (let index = next++; index < count; index = next++) {
      await work(index)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, hand))
}

/** Orders a second of work that makes so many. */
async function rateOf(orders: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (1000 * orders) / (performance.now() - start)
}

/** The calls alone that make a sale order as the direct connection makes it, and confirm it. */
async function loadAndConfirm(odoo: OdooClient, model: OdooRecord, lines: readonly OdooRecord[]): Promise<void> {
  const id = `bench_${randomUUID()}`
  const own = {
    id: `medusa.${id}`,
    "partner_id/.id": idOf(model.partner_id),
    "partner_invoice_id/.id": idOf(model.partner_invoice_id),
    "partner_shipping_id/.id": idOf(model.partner_shipping_id),
    "pricelist_id/.id": idOf(model.pricelist_id),
    x_medusa_order_id: id,
    client_order_ref: id,
    origin: id,
    date_order: String(model.date_order),
  }
  const rows = lines.map((line, index) => ({
    "order_line/id": `medusa.${id}_${String(index)}`,
    "order_line/x_medusa_line_id": `${id}_${String(index)}`,
    "order_line/name": String(line.name),
    "order_line/product_id/.id": idOf(line.product_id),
    "order_line/product_uom_qty": String(line.product_uom_qty),
    "order_line/price_unit": String(line.price_unit),
    "order_line/discount": "0",
    "order_line/tax_ids/.id": "",
  }))
  const columns = [...Object.keys(own), ...Object.keys(rows[0] ?? {})]
  const cells = rows.map((row, index) => [...Object.values(own).map((cell) => (index === 0 ? cell : "")), ...Object.values(row)])
  const result = await odoo.load("sale.order", columns, cells)
  if ("refused" in result) {
    throw new Error(`Odoo refused the bare load: ${result.refused.join(" ")}`)
  }
  await odoo.call("sale.order", "action_confirm", { ids: result.ids.slice(0, 1) })
}

const idOf = (relation: unknown): string => String(Array.isArray(relation) ? relation[0] : relation)

/** What a turn needs. */
type Setting = { shop: ProcessShop; shopper: Shopper; admin: AxiosInstance; odoo: OdooClient; email: string }

const place = ({ shopper, email }: Setting) => shopper.buy(SKUS.map((sku) => ({ sku, quantity: 1 })), { email })

/** Waits until all that the shop has to tell is in Odoo. */
async function untilTold({ shop }: Setting, orders: number): Promise<void> {
  await waitFor("all orders are in Odoo", async () => {
    const [row] = await shop.query<{ told: string; open: string }>(
      `SELECT count(*) FILTER (WHERE name = 'order.created' AND status = 'delivered') AS told, count(*) FILTER (WHERE status <> 'delivered') AS open
       FROM odoo_delivery WHERE destination_id = 'odoo'`
    )
    return Number(row?.told) === orders && Number(row?.open) === 0
  }, PATIENCE_MS)
}

/** Has the orders of a turn wait, and makes them sale orders. @returns orders a second */
async function directTurn(setting: Setting, orders: number, before: number): Promise<number> {
  await setting.admin.post("/admin/odoo/delivery/pause", {})
  for (let index = 0; index < orders; index += 1) {
    await place(setting)
  }
  await waitFor("all orders wait", async () => {
    const [row] = await setting.shop.query<{ count: string }>("SELECT count(*) FROM odoo_delivery WHERE destination_id = 'odoo' AND name = 'order.created'")
    return Number(row?.count) === before + orders
  }, PATIENCE_MS)
  return await rateOf(orders, async () => {
    await setting.admin.post("/admin/odoo/delivery/resume", {})
    await untilTold(setting, before + orders)
  })
}

/**
 * Measures how many orders a second the direct connection writes into the Odoo that `ODOO_URL` names, against a bare loop of the same
 * `load` and `action_confirm` calls, in turns. All orders are of one buyer, whom Odoo knows.
 * @param orders how many each makes in all
 */
export async function measureOdoo(orders: number, turns: number, cleanup: Cleanup, say: (what: string) => void): Promise<string[]> {
  const server = odooServer()
  const odoo = new OdooClient({ url: server.url, database: server.database, username: server.user, password: server.password, concurrency: CONCURRENCY })
  cleanup.add("the connection to Odoo", () => {
    odoo.close()
    return undefined
  })
  await setUp({ client: odoo, currencies: ["kwd"], companyId: undefined, isDryRun: false, isRemoval: false })
  await haveProducts(odoo, SKUS)
  const opening = ProcessShop.open({ durable: false })
  cleanup.add("the shop", () => opening.then((shop) => shop.close()))
  const shop = await opening
  cleanup.check()
  const { url } = await shop.start({
    ODOO_WEBHOOK_URL: "", ODOO_URL: server.url, ODOO_DB_NAME: server.database, ODOO_USERNAME: server.user, ODOO_PASSWORD: server.password, LOG_LEVEL: "error",
  })
  say("Medusa answers")
  const admin = axios.create({ baseURL: url, headers: { authorization: shop.adminAccess } })
  const setting: Setting = { shop, admin, odoo, shopper: new Shopper(url, shop.shop), email: `bench.${randomUUID()}@example.com` }
  const { id } = await place(setting)
  await untilTold(setting, 1)
  const [model] = await odoo.searchRead("sale.order", {
    domain: [["x_medusa_order_id", "=", id]],
    fields: ["partner_id", "partner_invoice_id", "partner_shipping_id", "pricelist_id", "date_order"],
  })
  if (model === undefined) {
    throw new Error("the first order is not in Odoo")
  }
  const lines = await odoo.searchRead("sale.order.line", { domain: [["order_id", "=", model.id]], fields: ["product_id", "name", "product_uom_qty", "price_unit"] })
  const each = Math.ceil(orders / turns)
  const rates: Rates = { direct: [], bare: [] }
  for (let turn = 0; turn < turns; turn += 1) {
    cleanup.check()
    rates.direct.push(await directTurn(setting, each, 1 + turn * each))
    rates.bare.push(await rateOf(each, () => atOnce(each, () => loadAndConfirm(odoo, model, lines))))
    say(`turn ${String(turn + 1)}: ${figure(rates.direct.at(-1) ?? NaN)} orders a second, the bare loop ${figure(rates.bare.at(-1) ?? NaN)}`)
  }
  const [direct, bare] = [median(rates.direct), median(rates.bare)]
  return [
    `${String(each * turns)} orders of ${String(SKUS.length)} articles and shipping, in ${String(turns)} turns, ${String(CONCURRENCY)} at once`,
    `  direct connection  ${figure(direct)} orders a second`,
    `  load and action_confirm alone  ${figure(bare)} orders a second`,
    `  ratio  ${figure((100 * direct) / bare)} %`,
  ]
}
