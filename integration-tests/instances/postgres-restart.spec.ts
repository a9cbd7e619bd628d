import { Crowd } from "../support/crowd"
import { Ledger } from "../support/ledger"
import { OdooStandIn, type Answer } from "../support/odoo-stand-in"
import { ProcessShop, type Instance } from "../support/process-shop"
import { SeededRandom } from "../support/random"
import { settle } from "../support/settle"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"

const ORDERS = 30

/** Longer than jobs wait for their next turn. */
const AWAY_MS = 12_000

describe("a shop whose Postgres is restarted", () => {
  const standIn = new OdooStandIn()
  const ledger = new Ledger()
  let shop: ProcessShop | undefined
  let instance: Instance
  let refusal: Answer | undefined

  const present = () => {
    if (shop === undefined) {
      throw new Error("the shop is not there")
    }
    return shop
  }

  beforeAll(async () => {
    await standIn.start()
    standIn.answer = (delivery) => {
      ledger.attempted(delivery)
      if (refusal !== undefined) {
        return refusal
      }
      ledger.accept(delivery)
      return standIn.usualAnswer(delivery)
    }
    shop = await ProcessShop.open({ durable: true })
    instance = await shop.start({
      ODOO_WEBHOOK_URL: standIn.url,
      ODOO_WEBHOOK_SECRET: "the-secret-of-the-instances",
      ODOO_WEBHOOK_TIMEOUT_MS: "2000",
      ODOO_WEBHOOK_RETRY_SCHEDULE: `${String(AWAY_MS / 2_000)}s,1s,1s,1s`,
      ODOO_SWEEP_INTERVAL: "5s",
    })
  })

  afterAll(async () => {
    await shop?.close()
    await standIn.stop()
  })

  it("delivers what became due while it was away, without being told", async () => {
    refusal = { status: 500 }
    const { id } = await new Shopper(instance.url, present().shop).buy([{ sku: "SHIRT-M", quantity: 1 }])
    await waitFor("Odoo refuses the order", async () => {
      const events = await present().query("SELECT 1 FROM odoo_delivery WHERE record_id = $1 AND status = 'waiting'", [id])
      return events.length > 0
    })
    refusal = undefined
    await present().postgres.restart("fast", AWAY_MS)
    await waitFor("the order arrives", () => ledger.accepted.some(({ data }) => (data.order as { id: string } | undefined)?.id === id))
    expect(instance.process.isAlive).toBe(true)
  })

  it("goes on by itself, and loses nothing", async () => {
    const { postgres } = present()
    const crowd = new Crowd(present(), instance.url, ORDERS, new SeededRandom(7), () => undefined)
    const restarts = async () => {
      for (const [turn, mode] of [[8, "immediate"], [18, "fast"]] as const) {
        await waitFor(`${String(turn)} orders are placed`, () => crowd.placed >= turn)
        await postgres.restart(mode)
      }
    }
    await Promise.all([crowd.work(), restarts()])
    const { truth, problems } = await settle(present(), instance.url, ledger)
    expect(problems).toEqual([])
    expect(truth.orders.length).toBeGreaterThanOrEqual(ORDERS)
    expect(instance.process.isAlive).toBe(true)
  }, 400_000)
})
