import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { dispatchDue } from "../../src/outbox/dispatcher"
import { manyEvents } from "../support/events"
import type { Delivery } from "../support/odoo-stand-in"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

const IS_DOWN = "the destination webhook does not answer"

shopSuite({ empty: true, env: { ODOO_WEBHOOK_CONCURRENCY: "4" } }, (bench) => {
  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows
  const count = async (condition: string) =>
    Number((await query<{ count: string }>(`SELECT count(*) FROM odoo_delivery WHERE ${condition}`))[0]!.count)

  /** Turns the clock by turning back all times that something waits for. */
  const later = async (minutes: number) => {
    const by = { by: `${String(minutes)} minutes` }
    await query("UPDATE odoo_delivery SET next_attempt_at = next_attempt_at - CAST(:by AS interval)", by)
    await query("UPDATE odoo_destination SET probe_at = probe_at - CAST(:by AS interval), failing_since = failing_since - CAST(:by AS interval)", by)
  }
  /** Writes two events of each of some orders. */
  const write = (round: number, records: number) =>
    query(
      manyEvents({
        records: ":records",
        each: "2",
        prefix: ":prefix",
        body: "json_build_object('event', 'order.status_updated', 'data', json_build_object('order_id', :prefix || record, 'n', n))",
      }),
      { records: String(records), prefix: `r${String(round)}_` }
    )
  const run = async () => {
    await dispatchDue(bench.container)
    await waitFor("nothing is under way", async () => (await count("leased_until > now()")) === 0)
  }
  const webhook = async () => (await (await bench.admin()).get("/admin/odoo/status")).data.destinations[0]
  const keyOf = ({ body }: Delivery) => `${String(body.data.order_id)} ${String(body.data.n)}`

  it("of a weekend, with 1,000 orders in it, needs no person: all arrive, once and in order, and nobody did anything", async () => {
    bench.errors.expect(IS_DOWN)
    const arrived: string[] = []
    let isDown = true
    bench.standIn.answer = (delivery) => {
      if (!isDown) {
        arrived.push(keyOf(delivery))
      }
      return isDown ? { status: 503, body: "closed" } : { body: { success: true } }
    }
    for (let round = 0; round < 20; round += 1) {
      await write(round, 50)
      await run()
      // the first hour minute by minute, then the nights
      await later(round < 10 ? 6 : 180)
    }
    expect(await webhook()).toMatchObject({ down_since: expect.any(String), paused: false })
    // what showed that the destination is down, and one try every few minutes since
    expect(bench.standIn.deliveries.length).toBeLessThan(60)
    expect(await count("status IN ('pending', 'waiting')")).toBeGreaterThan(1_900)
    isDown = false
    await later(6)
    await run()
    await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 2_000)
    expect(arrived).toHaveLength(2_000)
    expect(new Set(arrived).size).toBe(2_000)
    const misplaced = arrived.filter((key, index) => key.endsWith(" 2") && arrived.indexOf(key.replace(/ 2$/, " 1")) > index)
    expect(misplaced).toEqual([])
    expect(await webhook()).toMatchObject({ down_since: null, events: { pending: 0, behind: 0, waiting: 0, failed: 0 } })
  })

  it("sends again by itself what had failed before the destination was known to be down, unless it is set otherwise", async () => {
    bench.errors.expect("(event oevt_r1_1_1) has failed at webhook")
    bench.errors.expect(IS_DOWN)
    bench.standIn.answer = () => ({ status: 502, body: "bad gateway" })
    await write(1, 1)
    // one order alone fails four times, which is no outage yet
    for (const minutes of [2, 6, 16, 0]) {
      await run()
      await later(minutes)
    }
    expect([await count("status = 'failed'"), (await webhook()).down_since]).toEqual([1, null])
    await write(2, 4)
    await run()
    expect((await webhook()).down_since).toEqual(expect.any(String))
    bench.standIn.answer = () => ({ body: { success: true } })
    await run()
    expect(await count("status = 'delivered'")).toBe(0)
    await later(6)
    await run()
    await waitFor("all are delivered", async () => (await count("status = 'delivered'")) === 10)
  })

  it("is over when Odoo answers, also where it refuses: what was refused waits for a person", async () => {
    bench.errors.expect(IS_DOWN)
    bench.standIn.answer = () => ({ status: 503, body: "closed" })
    await write(1, 6)
    await run()
    expect((await webhook()).down_since).toEqual(expect.any(String))
    let refused = ""
    bench.standIn.answer = (delivery) => {
      refused ||= String(delivery.body.data.order_id)
      return String(delivery.body.data.order_id) === refused ? { status: 400, body: "no" } : { body: { success: true } }
    }
    await later(6)
    await run()
    await waitFor("the others are delivered", async () => (await count("status = 'delivered'")) === 10)
    expect(await count("status IN ('waiting', 'pending')")).toBe(2)
    expect((await webhook()).down_since).toBeNull()
  })
})
