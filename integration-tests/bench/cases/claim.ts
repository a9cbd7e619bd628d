import { knex, type Knex } from "@medusajs/framework/mikro-orm/knex"

import { claimDeliveries, claimProbe } from "../../../src/modules/odoo/sql/claim-deliveries"
import { upsertDestination } from "../../../src/modules/odoo/sql/destinations"
import type { ClaimedDelivery } from "../../../src/modules/odoo/types"
import { manyEvents } from "../../support/events"
import type { Bench } from "../bench"
import { atMostMs, OURS, within, type CaseMaker } from "../case"

const WITHOUT = "without them"
const OWN = "of the one that is down"

/** No target of the measured Medusa sends to these. */
const [UP, DOWN] = ["bench-up", "bench-down"] as const

/** How many deliveries of a record are open at the destination that is down: one that can be claimed, and those behind it. */
const EACH = 5

/** How many deliveries are due at the other one, and how many of them a claim takes. */
const DUE = 2_000
const CLAIMED = 64

const claim = (destinationId: string) => ({ destinationId, leaseMs: 40_000, leaseId: "bench" })

/** Writes deliveries that are due, half of them after an attempt. */
async function writeDeliveries(bench: Bench, destination: string, count: number, each: number): Promise<void> {
  await bench.shop.query(manyEvents({ records: "$1", each: "$2", prefix: `'${destination}'`, destination, body: "'{}'" }), [count / each, each])
  await bench.shop.query("UPDATE odoo_delivery SET status = 'waiting' WHERE destination_id = $1 AND sequence % 2 = 0", [destination])
}

/** Does something with claims again and again, and gives the mean time of one, in milliseconds. What was claimed is given back. */
async function meanOf(bench: Bench, work: () => Promise<ClaimedDelivery[]>, expected: number): Promise<number> {
  const rounds = 20
  let ms = 0
  for (let round = 0; round < rounds; round += 1) {
    await bench.shop.query(`UPDATE odoo_delivery SET lease_id = NULL, leased_until = NULL WHERE lease_id = 'bench'`)
    await bench.shop.query(`UPDATE odoo_destination SET probe_at = now() WHERE id = '${DOWN}'`)
    const start = performance.now()
    const claimed = await work()
    ms += performance.now() - start
    if (claimed.length !== expected) {
      throw new Error(`${String(claimed.length)} deliveries were claimed instead of ${String(expected)}`)
    }
  }
  return ms / rounds
}

/** A destination is down, and very many deliveries wait for it: what does that cost a claim for another one, and its own next claim? */
const claims: CaseMaker = async (bench) => {
  const open = bench.size.events * 10
  const db: Knex = knex({ client: "pg", connection: bench.shop.databaseUrl, pool: { min: 1, max: 1 } })
  for (const id of [UP, DOWN]) {
    const settings = { kind: id, isOdoo: false, events: [], concurrency: 8, timeoutMs: 10_000, retryScheduleMs: [60_000], replaysAfterOutage: true }
    await upsertDestination(db, { id, ...settings }, true)
  }
  const prepare = (isDown: boolean) => async () => {
    await bench.shop.query("DELETE FROM odoo_delivery WHERE destination_id LIKE 'bench-%'")
    await bench.shop.query("DELETE FROM odoo_event WHERE id LIKE 'oevt_bench-%'")
    await bench.shop.query(`UPDATE odoo_destination SET down_since = now(), probe_at = now() WHERE id = '${DOWN}'`)
    await writeDeliveries(bench, UP, DUE, 1)
    if (isDown) {
      await writeDeliveries(bench, DOWN, open, EACH)
    }
    await bench.shop.query("VACUUM ANALYZE odoo_event, odoo_delivery")
  }
  const claimOfOther = () => meanOf(bench, () => claimDeliveries(db, { ...claim(UP), limit: CLAIMED }), CLAIMED)
  return {
    title: `claiming ${String(CLAIMED)} due deliveries while ${open.toLocaleString("en")} are open at a destination that is down, ${(open / EACH).toLocaleString("en")} of them the oldest of their records`,
    contenders: {
      [OURS]: { prepare: prepare(true), run: claimOfOther },
      [WITHOUT]: { prepare: prepare(false), run: claimOfOther },
      [OWN]: {
        prepare: prepare(true),
        run: () =>
          meanOf(
            bench,
            async () => [...(await claimDeliveries(db, { ...claim(DOWN), limit: CLAIMED })), ...(await claimProbe(db, { ...claim(DOWN), probeMs: 60_000 }))],
            1
          ),
      },
    },
    goals: [within(1.5, WITHOUT), atMostMs(5, OWN)],
    turns: Math.min(3, bench.size.turns),
  }
}

export const CLAIM_CASES: Readonly<Record<string, CaseMaker>> = { claim: claims }
