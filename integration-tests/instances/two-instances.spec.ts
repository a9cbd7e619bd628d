import { randomBytes } from "crypto"
import { setTimeout as pause } from "timers/promises"

import { Ledger } from "../support/ledger"
import { OdooStandIn } from "../support/odoo-stand-in"
import { ProcessShop, type Instance } from "../support/process-shop"
import { REDIS_URL, requireRedis } from "../support/redis"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"
import { manyEvents } from "../support/events"

const EVENTS = 1000

/** How many events one instance posts at once. */
const CONCURRENCY = 8

/** How long the receiver usually takes: long enough that both instances are needed. */
const ANSWER_MS = 100

/** A lease is the time-out and half a minute; a job looks every 5 s; the rest is for a slow machine. */
const TIMEOUT_MS = 2_000
const LEASE_MS = TIMEOUT_MS + 30_000
const SLACK_MS = 15_000

/** Books of the events of one round, and who has posted what; an instance says who it is by the name of a database. */
class Round {
  readonly ledger = new Ledger()
  readonly postedBy = { one: 0, two: 0 }
  readonly inFlight = { one: new Set<string>(), two: new Set<string>() }
  answerMs = ANSWER_MS

  /** @param isOurs tells the round's events from what else there is to tell, by their id */
  constructor(standIn: OdooStandIn, isOurs: (id: string) => boolean) {
    standIn.answer = async (delivery) => {
      const who = delivery.headers["x-odoo-database"] === "one" ? "one" : "two"
      const id = String(delivery.headers["webhook-id"])
      if (!isOurs(id)) {
        return standIn.usualAnswer(delivery)
      }
      this.ledger.attempted(delivery)
      this.ledger.accept(delivery)
      this.postedBy[who] += 1
      this.inFlight[who].add(id)
      await pause(this.answerMs)
      this.inFlight[who].delete(id)
      return { body: { jsonrpc: "2.0", id: null, result: { success: true } } }
    }
  }
}

describe("two instances that share a database and a Redis", () => {
  const standIn = new OdooStandIn()
  let shop: ProcessShop | undefined
  let one: Instance
  let two: Instance

  const present = () => {
    if (shop === undefined) {
      throw new Error("the shop is not there")
    }
    return shop
  }

  /** Writes an event for each of many records, as capturing them would. */
  const writeEvents = async (round: string) => {
    const values = [round, EVENTS]
    await present().query(
      `INSERT INTO odoo_snapshot (id, record_kind, record_id, snapshot)
       SELECT 'ostt_' || $1 || n, 'order', 'order_' || $1 || n, '{}' FROM generate_series(1, $2::int) AS n`,
      values
    )
    await present().query(
      manyEvents({
        records: "$2",
        name: "order.created",
        prefix: "$1",
        body: `'{"event":"order.created","data":{"order":{"id":"order_' || CAST($1 AS text) || record || '"}}}'`,
      }),
      values
    )
  }
  const undelivered = async () => {
    const [row] = await present().query<{ count: string }>("SELECT count(*) FROM odoo_delivery WHERE status <> 'delivered'")
    return Number(row?.count)
  }
  const writtenIn = (round: string) => (id: string) => id.startsWith(`oevt_${round}`)
  const allDelivered = (timeoutMs: number) => waitFor("all events are delivered", async () => (await undelivered()) === 0, timeoutMs)

  beforeAll(async () => {
    await requireRedis()
    await standIn.start()
    shop = await ProcessShop.open({ durable: false })
    const shared = {
      REDIS_URL,
      REDIS_PREFIX: `test-${randomBytes(6).toString("hex")}`,
      EVENT_BUS: "redis",
      WORKFLOW_ENGINE: "redis",
      LOCKING: "redis",
      ODOO_WEBHOOK_URL: standIn.url,
      ODOO_WEBHOOK_SECRET: "the-secret-of-the-instances",
      ODOO_WEBHOOK_TIMEOUT_MS: String(TIMEOUT_MS),
      ODOO_WEBHOOK_CONCURRENCY: String(CONCURRENCY),
    }
    one = await shop.start({ ...shared, ODOO_WEBHOOK_DATABASE: "one" })
    // one after the other: both prepare what they share
    two = await shop.start({ ...shared, ODOO_WEBHOOK_DATABASE: "two" })
  })

  afterAll(async () => {
    await shop?.close()
    await standIn.stop()
  })

  it("send each of 1,000 events once", async () => {
    const { ledger, postedBy } = new Round(standIn, writtenIn("live_"))
    await writeEvents("live_")
    await allDelivered(120_000)
    expect(ledger.accepted).toHaveLength(EVENTS)
    expect(ledger.attempts).toBe(EVENTS)
    expect(postedBy.one).toBeGreaterThan(0)
    expect(postedBy.two).toBeGreaterThan(0)
  })

  it("tell of each order once, whichever of them takes it", async () => {
    const { ledger } = new Round(standIn, () => true)
    const placed = await Promise.all(
      [one, two, one, two].map(({ url }, index) =>
        new Shopper(url, present().shop).buy([{ sku: "SHIRT-M", quantity: 1 }], { email: `shopper-${String(index)}@example.com` })
      )
    )
    const told = () => ledger.accepted.filter(({ event }) => event === "order.created").map(({ data }) => (data.order as { id: string }).id)
    await waitFor("all orders arrive", () => told().length >= placed.length)
    expect(told().sort()).toEqual(placed.map(({ id }) => id).sort())
    await allDelivered(60_000)
    // an event of Medusa brings along from where it comes, also to the other instance
    const contexts = await present().query<{ context: string }>(
      "SELECT DISTINCT context FROM odoo_event WHERE name = 'order.created' AND record_id = ANY($1)",
      [placed.map(({ id }) => id)]
    )
    expect(contexts).toEqual([{ context: "store" }])
  })

  it("do each other's work: what one was killed at is delivered by the other when its lease has run out", async () => {
    const round = new Round(standIn, writtenIn("killed_"))
    const { ledger, postedBy, inFlight } = round
    await writeEvents("killed_")
    await waitFor("both are at work", () => postedBy.one > EVENTS / 10 && postedBy.two > EVENTS / 10)
    round.answerMs = TIMEOUT_MS / 2
    await waitFor("the one has several in flight", () => inFlight.one.size > CONCURRENCY / 2)
    const atWork = new Set(inFlight.one)
    await one.process.kill()
    const killedAt = Date.now()
    round.answerMs = ANSWER_MS
    expect(await undelivered()).toBeGreaterThan(CONCURRENCY)
    await allDelivered(LEASE_MS + SLACK_MS)
    expect(Date.now() - killedAt).toBeGreaterThan(TIMEOUT_MS)
    const repeated = ledger.accepted.filter(({ id }) => ledger.attemptsOf(id) > 1).map(({ id }) => id)
    expect(ledger.accepted).toHaveLength(EVENTS)
    expect(repeated.length).toBeLessThanOrEqual(CONCURRENCY)
    expect(repeated).toEqual(expect.arrayContaining([...atWork]))
    expect(ledger.changed.size).toBe(0)
  })
})
