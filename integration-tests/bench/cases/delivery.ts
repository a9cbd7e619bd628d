import { once } from "events"
import { join } from "path"
import { setTimeout as pause } from "timers/promises"
import { Worker } from "worker_threads"

import { manyEvents } from "../../support/events"
import { Shopper } from "../../support/shopper"
import { waitFor } from "../../support/wait"
import type { Bench } from "../bench"
import { atMostMs, OURS, shareOf, type CaseMaker } from "../case"

const AXIOS = "axios alone"
const P99 = "99th percentile"

/** How many events a Medusa posts at once where nothing else is said. */
const CONCURRENCY = 8

/** About as long as an order of three lines. */
const BODY = JSON.stringify({
  event: "order.created",
  timestamp: "2026-11-21T17:34:58.000Z",
  data: {
    order: { items: Array.from({ length: 25 }, (_, index) => ({ id: `ordli_${String(index * 7919)}`, title: `Article ${String(index)}`, sku: `BENCH-${String(index)}`, quantity: 1 })) },
  },
})

/** Events of as many orders wait for an Odoo that answers at once, and links none of them. */
const drain: CaseMaker = (bench) => {
  const { events } = bench.size
  const open = async () => {
    const [row] = await bench.shop.query<{ open: boolean }>("SELECT EXISTS (SELECT 1 FROM odoo_delivery WHERE status <> 'delivered') AS open")
    return row?.open === true
  }
  return {
    title: `draining ${events.toLocaleString("en")} waiting events to a receiver that answers at once`,
    contenders: {
      [OURS]: {
        prepare: async () => {
          await bench.admin.post("/admin/odoo/delivery/pause", {})
          await bench.shop.query("DELETE FROM odoo_attempt")
          await bench.shop.query("DELETE FROM odoo_delivery")
          await bench.shop.query("DELETE FROM odoo_event")
          await bench.shop.query(manyEvents({ records: "$2", name: "order.created", body: "CAST($1 AS text)" }), [BODY, events])
          await bench.shop.query("VACUUM ANALYZE odoo_event, odoo_delivery, odoo_attempt")
          bench.receiver.received = 0
        },
        run: async () => {
          await bench.admin.post("/admin/odoo/delivery/resume", {})
          await waitFor("all events arrive", () => bench.receiver.received >= events, 600_000)
          await waitFor("all outcomes are written", async () => !(await open()))
          if (bench.receiver.received !== events) {
            throw new Error(`${String(bench.receiver.received)} events arrived`)
          }
          return undefined
        },
      },
      [AXIOS]: {
        run: async () => {
          const workerData = { url: bench.receiver.url, bodies: Array.from({ length: events }, () => BODY), concurrency: CONCURRENCY }
          const worker = new Worker(join(__dirname, "..", "poster.cjs"), { workerData, execArgv: [] })
          const [ms] = (await once(worker, "message")) as [number]
          return ms
        },
      },
    },
    goals: [shareOf(AXIOS, 40)],
    turns: Math.min(3, bench.size.turns),
  }
}

/** How long after each order's response its webhook arrives, one order after the other; milliseconds, 0 where it was earlier. */
async function placeOrders(bench: Bench): Promise<number[]> {
  const shopper = new Shopper(bench.url, bench.shop.shop)
  const arrivals = new Map<string, number>()
  bench.receiver.onArrival = (body, at) => {
    const { event, data } = JSON.parse(body) as { event: string; data: { order?: { id: string } } }
    if (event === "order.created" && data.order !== undefined) {
      arrivals.set(data.order.id, at)
    }
  }
  const waits: number[] = []
  for (let index = 0; index < bench.size.placed; index += 1) {
    const cart = await shopper.fillCart([{ sku: "MUG-WHITE", quantity: 1 }], { email: `guest-${String(Date.now())}@example.com` })
    // the shop is idle when the order comes
    await pause(100)
    const { id } = await shopper.checkOut(cart)
    const answeredAt = performance.now()
    const arrivedAt = await waitFor("the webhook arrives", () => arrivals.get(id))
    waits.push(Math.max(0, arrivedAt - answeredAt))
  }
  bench.receiver.onArrival = undefined
  return waits.sort((a, b) => a - b)
}

const latency: CaseMaker = (bench) => {
  let waits: number[] = []
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]
  return {
    title: `an order is placed: from its response to the webhook on the wire, ${String(bench.size.placed)} orders one after the other`,
    contenders: {
      [OURS]: {
        run: async () => {
          waits = await placeOrders(bench)
          return at(0.5)
        },
      },
      // of the same orders
      [P99]: { run: () => Promise.resolve(at(0.99)) },
    },
    goals: [atMostMs(100), atMostMs(500, P99)],
    turns: 1,
  }
}

/** Keeps what the case itself asks out of the count of the statements. */
const UNCOUNTED = "/* not pg_stat_statements */"

/** What the shop's own job does when a sweep is due, by the database's clock: both kinds of records, nothing to be found. */
const sweep: CaseMaker = (bench) => {
  let statements = NaN
  return {
    title: `the sweep over ${bench.size.orders.toLocaleString("en")} orders without a change`,
    contenders: {
      [OURS]: {
        // what was placed or linked lately would be looked at
        prepare: () => bench.shop.query("UPDATE odoo_sweep SET swept_until = now() + interval '9 minutes 50 seconds', reconciled_at = now()"),
        run: async () => {
          const [before] = await bench.shop.query<{ now: Date }>(`UPDATE odoo_sweep SET next_at = now() RETURNING now() AS now ${UNCOUNTED}`)
          const done = await waitFor("the job comes", async () => {
            const [row] = await bench.shop.query<{ ms: number; is_done: boolean }>(
              `SELECT CAST(extract(epoch FROM max(swept_at) - min(swept_until)) * 1000 AS float8) AS ms, bool_and(swept_at > $1) AS is_done
               FROM odoo_sweep ${UNCOUNTED}`,
              [before?.now]
            )
            return row?.is_done === true && row
          })
          const [counted] = await bench.shop.query<{ calls: string }>(
            `SELECT sum(calls) AS calls FROM pg_stat_statements
             WHERE query ~ 'odoo_(sweep|snapshot|link|movement)' AND query NOT LIKE '%pg_stat_statements%' AND query NOT LIKE '%unsettled%'`
          )
          // and the one by which the workflow engine looks for a run of it
          statements = Number(counted?.calls) + 1
          return done.ms
        },
      },
    },
    // not what other jobs of the shop ask meanwhile
    goals: [atMostMs(200), { text: "≤ 10 statements", figure: () => statements, unit: "", holds: (figure) => figure <= 10 }],
  }
}

export const DELIVERY_CASES: Readonly<Record<string, CaseMaker>> = {
  sweep,
  "order-latency": latency,
  drain,
}
