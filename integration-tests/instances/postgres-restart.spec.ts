import { Crowd } from "../support/crowd"
import { Ledger } from "../support/ledger"
import { OdooStandIn } from "../support/odoo-stand-in"
import { ProcessShop } from "../support/process-shop"
import { SeededRandom } from "../support/random"
import { settle } from "../support/settle"
import { waitFor } from "../support/wait"

const ORDERS = 30

describe("a shop whose Postgres is restarted", () => {
  const standIn = new OdooStandIn()
  const ledger = new Ledger()
  const log: string[] = []
  let shop: ProcessShop | undefined

  beforeAll(async () => {
    await standIn.start()
    standIn.answer = (delivery) => {
      ledger.attempted(delivery)
      ledger.accept(delivery)
      return standIn.usualAnswer(delivery)
    }
  })

  afterAll(async () => {
    await shop?.close()
    await standIn.stop()
  })

  it("goes on by itself, and loses nothing", async () => {
    shop = await ProcessShop.open({ durable: true })
    const { process, url } = await shop.start({
      ODOO_WEBHOOK_URL: standIn.url,
      ODOO_WEBHOOK_SECRET: "the-secret-of-the-instances",
      ODOO_WEBHOOK_TIMEOUT_MS: "2000",
      ODOO_SWEEP_INTERVAL: "5s",
    })
    const { postgres } = shop
    const crowd = new Crowd(shop, url, ORDERS, new SeededRandom(7), (what) => log.push(what))
    const restarts = async () => {
      for (const [turn, mode] of [[8, "immediate"], [18, "fast"]] as const) {
        await waitFor(`${String(turn)} orders are placed`, () => crowd.placed >= turn)
        await postgres.restart(mode)
      }
    }
    await Promise.all([crowd.work(), restarts()])
    const { truth, problems } = await settle(shop, url, ledger)
    expect(problems).toEqual([])
    expect(truth.orders.length).toBeGreaterThanOrEqual(ORDERS)
    expect(process.isAlive).toBe(true)
  }, 400_000)
})
