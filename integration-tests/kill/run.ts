import { setTimeout as pause } from "timers/promises"

import type { Cleanup } from "../support/cleanup"
import { Crowd } from "../support/crowd"
import { freePort } from "../support/ports"
import { ProcessShop } from "../support/process-shop"
import { SeededRandom } from "../support/random"
import { settle } from "../support/settle"
import type { Truth } from "../support/verdict"
import { waitFor } from "../support/wait"
import { MortalMedusa } from "./mortal-medusa"
import { OdooClerk } from "./odoo-clerk"
import { UnsteadyOdoo } from "./unsteady-odoo"

export type Settings = { orders: number; kills: number; seed: number }

/** What a run has shown. */
export type Outcome = { problems: string[]; figures: [what: string, figure: string][]; logs: string }

/** How long after its turn has come a kill may strike; milliseconds. */
const KILL_WITHIN_MS = 2_000

/** How long one of the steps may take on a slow machine; milliseconds. */
export const STEP_MS = 15 * 60_000

/** Opens the shop to the Odoo side. */
const API_KEY = "the-key-of-the-kill-test"

const environmentFor = (odoo: UnsteadyOdoo) => ({
  ODOO_API_KEY: API_KEY,
  ODOO_WEBHOOK_URL: odoo.url,
  ODOO_WEBHOOK_SECRET: "the-secret-of-the-kill-test",
  // a lease outlives the time-out by half a minute: after a kill, its events wait for so long
  ODOO_WEBHOOK_TIMEOUT_MS: "2000",
  // more attempts than any outage takes: nothing may fail for good
  ODOO_WEBHOOK_RETRY_SCHEDULE: ["1s", "1s", "2s", "2s", ...Array.from({ length: 40 }, () => "3s")].join(),
  ODOO_SWEEP_INTERVAL: "5s",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
})

async function sayWhenBack(medusa: MortalMedusa, say: (what: string) => void): Promise<void> {
  const { kills } = medusa
  const since = Date.now()
  // should it end by itself, the run says so
  if (await medusa.healthy().catch(() => false)) {
    say(`Medusa answers again, ${((Date.now() - since) / 1000).toFixed(1)} s after kill ${String(kills)}`)
  }
}

/**
 * Kills Medusa at random moments, spread over the orders that are placed.
 * @param input.onKill is called after each kill, while the next Medusa starts
 */
export async function killAtRandom(input: {
  settings: Settings
  random: SeededRandom
  medusa: MortalMedusa
  crowd: Crowd
  say: (what: string) => void
  onKill?: () => void
}): Promise<void> {
  const { settings, random, medusa, crowd, say, onKill } = input
  const turns = Array.from({ length: settings.kills }, () => random.between(1, settings.orders - 1)).sort((a, b) => a - b)
  for (const [index, turn] of turns.entries()) {
    const delay = random.between(0, KILL_WITHIN_MS)
    await waitFor(`${String(turn)} orders are placed`, () => crowd.placed >= turn, STEP_MS)
    await pause(delay)
    say(`kill ${String(index + 1)} of ${String(settings.kills)}: ${String(delay)} ms after order ${String(turn)}; ${String(crowd.placed)} are placed`)
    await medusa.killAndRestart()
    onKill?.()
    void sayWhenBack(medusa, say)
  }
  await medusa.healthy()
}

function figuresOf(input: { truth: Truth; odoo: UnsteadyOdoo; clerk: OdooClerk; medusa: MortalMedusa; crowd: Crowd; transport: number }) {
  const { truth, odoo, clerk, medusa, crowd } = input
  const arrived = new Set(odoo.ledger.accepted.filter(({ event }) => event === "order.created").map(({ data }) => (data.order as { id: string }).id))
  const share = odoo.unsteadyMs === 0 ? 0 : Math.round((100 * odoo.downMs) / odoo.unsteadyMs)
  const names = [...new Set(odoo.ledger.accepted.map(({ event }) => event))]
  const counts = names.map((name) => `${name} ${String(odoo.ledger.accepted.filter(({ event }) => event === name).length)}`)
  return [
    ["orders in the shop", `${String(truth.orders.length)} (shoppers were told of ${String(crowd.placed)}, and turned away ${String(crowd.turnedAway)} times)`],
    ["orders that arrived", String(truth.orders.filter(({ id }) => arrived.has(id)).length)],
    ["events accepted, once each", `${String(odoo.ledger.accepted.length)} (${counts.join(", ")})`],
    ["changes by shopkeepers", `${String(crowd.changes)} (${String(crowd.refusedChanges)} orders could not be changed as planned)`],
    ["changes of stock by Odoo", `${String(clerk.changes)} (said again ${String(clerk.repeats)} times)`],
    ["attempts that were received", String(odoo.ledger.attempts)],
    ["  repeats of what was accepted", String(odoo.ledger.repeats)],
    ["  answered with 500", String(odoo.answered.refused)],
    ["  taken, and left without an answer", String(odoo.answered.broken)],
    ["attempts that found nobody", String(input.transport)],
    ["kills", String(medusa.kills)],
    ["outages", `${String(odoo.outages)}, ${String(share)} % of the time`],
  ] satisfies [string, string][]
}

/** Opens a shop, lets people buy while Medusa is killed and Odoo is down, and compares what has arrived with the shop. */
export async function run(settings: Settings, cleanup: Cleanup, say: (what: string) => void): Promise<Outcome> {
  const random = new SeededRandom(settings.seed)
  const odoo = new UnsteadyOdoo(random.fork(), say)
  await odoo.start()
  cleanup.add("the receiver", () => odoo.stop())
  const opening = ProcessShop.open({ durable: false })
  cleanup.add("the shop", () => opening.then((shop) => shop.close()))
  const shop = await opening
  shop.keepsLogs = true
  cleanup.check()
  const medusa = new MortalMedusa(shop, await freePort(), environmentFor(odoo))
  await medusa.healthy()
  say("Medusa answers; the shop opens")

  const crowd = new Crowd(shop, medusa.url, settings.orders, random.fork(), say)
  const clerk = new OdooClerk(shop, medusa.url, API_KEY, random.fork())
  const over = new AbortController()
  const unsteady = odoo.beUnsteady(over.signal)
  const counting = clerk.work(over.signal)
  await Promise.race([Promise.all([crowd.work(), killAtRandom({ settings, random: random.fork(), medusa, crowd, say })]), medusa.died])
  over.abort()
  await Promise.race([Promise.all([unsteady, counting]), medusa.died])
  say("all orders are placed, and the receiver stays up: waiting for what is on its way")

  const { truth, problems: untold } = await Promise.race([settle(shop, medusa.url, odoo.ledger), medusa.died])
  const problems = [...untold, ...(await clerk.problems())]
  shop.keepsLogs = problems.length > 0
  const [transport] = await shop.query<{ count: string }>("SELECT count(*) FROM odoo_attempt WHERE http_status IS NULL")
  const figures = figuresOf({ truth, odoo, clerk, medusa, crowd, transport: Number(transport?.count) })
  return { problems, figures, logs: shop.folder }
}
