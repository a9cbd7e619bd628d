import { setTimeout as pause } from "timers/promises"

import { roundToCurrency, toAmount } from "../../src/wire/money"
import type { AdminOrder } from "../support/admin"
import type { Cleanup } from "../support/cleanup"
import { Crowd } from "../support/crowd"
import { freePort } from "../support/ports"
import { ProcessShop } from "../support/process-shop"
import { SeededRandom } from "../support/random"
import { waitFor } from "../support/wait"
import { MortalMedusa } from "./mortal-medusa"
import { OdooWithLine, type Sale } from "./odoo-with-line"
import { killAtRandom, STEP_MS, type Outcome, type Settings } from "./run"

export type DirectSettings = Settings & {
  /** how often Odoo is restarted */
  restarts: number
  /** what restarts Odoo indeed; undefined where its line alone is cut */
  restartCommand: string | undefined
}

/** How long nothing may become better at the end before what is missing counts as lost; see `settle`. */
const QUIET_MS = 150_000

/** How long the work of a killed Medusa may go on in Odoo; milliseconds. */
const AFTERLIFE_MS = 5_000

/** How often everything that waits is made due; milliseconds. */
const HURRY_MS = 2_000

const CURRENCY = "kwd"

/** Passes the time for what waits for it: the next attempts, and the next look at an Odoo that was away. */
async function hurry(shop: ProcessShop, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await shop.query("UPDATE odoo_delivery SET next_attempt_at = now() WHERE status = 'waiting' AND next_attempt_at > now()")
    await shop.query("UPDATE odoo_destination SET probe_at = now() WHERE probe_at > now()")
    await pause(HURRY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** Ends the leases that a killed Medusa has left, as soon as Odoo is through with what was begun. A lease takes over two minutes. */
async function endLeases(shop: ProcessShop): Promise<void> {
  const left = await shop.query<{ lease_id: string }>("SELECT DISTINCT lease_id FROM odoo_delivery WHERE leased_until > now()")
  await pause(AFTERLIFE_MS)
  await shop.query("UPDATE odoo_delivery SET leased_until = now() WHERE lease_id = ANY($1)", [left.map(({ lease_id: id }) => id)])
}

/** Restarts Odoo at random moments, spread over the orders that are placed. */
async function restartAtRandom({ orders, restarts }: DirectSettings, random: SeededRandom, odoo: OdooWithLine, crowd: Crowd): Promise<void> {
  const turns = Array.from({ length: restarts }, () => random.between(1, orders - 1)).sort((a, b) => a - b)
  for (const turn of turns) {
    await waitFor(`${String(turn)} orders are placed`, () => crowd.placed >= turn, STEP_MS)
    await odoo.restart()
  }
}

type Truth = { orders: Pick<AdminOrder, "id" | "status" | "total">[]; emails: string[]; open: { id: string; status: string; error_message: string | null }[] }

async function truthOf(shop: ProcessShop, url: string): Promise<Truth> {
  const rows = await shop.query<{ id: string; email: string }>(`SELECT id, email FROM "order" WHERE is_draft_order = false AND deleted_at IS NULL`)
  const admin = shop.admin(url)
  const orders = []
  for (const { id } of rows) {
    orders.push(await admin.order(id))
  }
  return {
    orders,
    emails: [...new Set(rows.map(({ email }) => email))],
    open: await shop.query("SELECT id, status, error_message FROM odoo_delivery WHERE deleted_at IS NULL AND status <> 'delivered'"),
  }
}

function problemsOfOrder({ id, status, total }: Truth["orders"][number], sales: readonly Sale[]): string[] {
  const [sale] = sales
  if (sales.length > 1) {
    return [`${id}: Odoo has ${String(sales.length)} sale orders of it`]
  }
  if (sale === undefined) {
    // one that was canceled before it was told is not made
    return status === "canceled" ? [] : [`${id}: Odoo has no sale order of it`]
  }
  const wanted = status === "canceled" ? "cancel" : "sale"
  const isTotal = roundToCurrency(toAmount(total), CURRENCY).isEqualTo(toAmount(sale.amount_total))
  return [
    ...(sale.state === wanted ? [] : [`${id}: the sale order is in the state ${sale.state}, and the order is ${status}`]),
    ...(isTotal ? [] : [`${id}: the sale order comes to ${String(sale.amount_total)}, and the order to ${String(total)}`]),
  ]
}

async function problemsOf({ orders, emails, open }: Truth, odoo: OdooWithLine): Promise<{ problems: string[]; sales: Sale[] }> {
  const sales = await odoo.salesOf(orders.map(({ id }) => id))
  const partners = await odoo.partnersWith(emails)
  const problems = [
    ...orders.flatMap((order) => problemsOfOrder(order, sales.filter(({ x_medusa_order_id: id }) => id === order.id))),
    ...emails.filter((email) => partners.get(email) !== 1).map((email) => `${email}: Odoo has ${String(partners.get(email) ?? 0)} partners`),
    ...open.map(({ id, status, error_message: message }) => `${id}: is still ${status}${message === null ? "" : `: ${message}`}`),
  ]
  return { problems, sales }
}

/** Waits until the sale orders are as the orders are, or until nothing has become better for long. */
async function settle(shop: ProcessShop, url: string, odoo: OdooWithLine): Promise<{ truth: Truth; problems: string[]; sales: Sale[] }> {
  for (let fewest = Infinity, since = Date.now(); ; ) {
    const truth = await truthOf(shop, url)
    const found = await problemsOf(truth, odoo)
    if (found.problems.length < fewest) {
      fewest = found.problems.length
      since = Date.now()
    }
    // an order that is found late by the sweep is looked for, too
    const untold = await shop.query(
      `SELECT 1 FROM "order" LEFT JOIN odoo_snapshot ON record_id = "order".id WHERE is_draft_order = false AND "order".deleted_at IS NULL AND record_id IS NULL`
    )
    if ((found.problems.length === 0 && untold.length === 0) || Date.now() - since > QUIET_MS) {
      return { truth, ...found }
    }
    await pause(1_000)
  }
}

/** Opens a shop, lets people buy while Medusa is killed and Odoo is restarted, and compares the sale orders with the orders. */
export async function runDirect(settings: DirectSettings, cleanup: Cleanup, say: (what: string) => void): Promise<Outcome> {
  const random = new SeededRandom(settings.seed)
  const odoo = new OdooWithLine(random.fork(), say, settings.restartCommand)
  cleanup.add("the line to Odoo", () => odoo.stop())
  await odoo.start()
  const opening = ProcessShop.open({ durable: false })
  cleanup.add("the shop", () => opening.then((shop) => shop.close()))
  const shop = await opening
  shop.keepsLogs = true
  cleanup.check()
  const environment = { ...odoo.environment, ODOO_SWEEP_INTERVAL: "5s", LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" }
  const medusa = new MortalMedusa(shop, await freePort(), environment)
  await medusa.healthy()
  say("Medusa answers; the shop opens")

  const crowd = new Crowd(shop, medusa.url, settings.orders, random.fork(), say)
  const over = new AbortController()
  const hurrying = hurry(shop, over.signal)
  const onKill = () => void endLeases(shop)
  const trouble = [killAtRandom({ settings, random: random.fork(), medusa, crowd, say, onKill }), restartAtRandom(settings, random.fork(), odoo, crowd)]
  await Promise.race([Promise.all([crowd.work(), ...trouble]), medusa.died, hurrying])
  say("all orders are placed, and Odoo stays up: waiting for what is on its way")

  const { truth, problems, sales } = await Promise.race([settle(shop, medusa.url, odoo), medusa.died])
  over.abort()
  await hurrying
  shop.keepsLogs = problems.length > 0
  const [failed] = await shop.query<{ count: string }>("SELECT count(*) FROM odoo_attempt AS attempt WHERE attempt.error_class IS NOT NULL")
  return {
    problems,
    figures: [
      ["orders in the shop", `${String(truth.orders.length)} (shoppers were told of ${String(crowd.placed)}, and turned away ${String(crowd.turnedAway)} times)`],
      ["sale orders in Odoo", `${String(sales.length)} (${String(truth.orders.filter(({ status }) => status === "canceled").length)} orders are canceled)`],
      ["changes by shopkeepers", `${String(crowd.changes)} (${String(crowd.refusedChanges)} orders could not be changed as planned)`],
      ["attempts that failed", String(failed?.count)],
      ["kills of Medusa", String(medusa.kills)],
      ["restarts of Odoo", String(odoo.restarts)],
    ],
    logs: shop.folder,
  }
}
