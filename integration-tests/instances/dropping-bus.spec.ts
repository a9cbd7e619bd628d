import { Ledger } from "../support/ledger"
import { OdooStandIn } from "../support/odoo-stand-in"
import { ProcessShop } from "../support/process-shop"
import { Shopper } from "../support/shopper"
import { waitFor } from "../support/wait"

/** An order is swept when it is 10 s old, a sweep is due every 5 s, and a job looks every 5 s whether it is; the rest is for a slow machine. */
const ONE_SWEEP_MS = 40_000

describe("a shop whose event bus drops every event", () => {
  const standIn = new OdooStandIn()
  const ledger = new Ledger()
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

  it("tells Odoo of every order within one sweep", async () => {
    shop = await ProcessShop.open({ durable: false })
    const { url } = await shop.start({
      EVENT_BUS: "none",
      ODOO_WEBHOOK_URL: standIn.url,
      ODOO_WEBHOOK_SECRET: "the-secret-of-the-instances",
      ODOO_SWEEP_INTERVAL: "5s",
    })
    const shopper = new Shopper(url, shop.shop)
    const placed: string[] = []
    for (let count = 0; count < 5; count += 1) {
      placed.push((await shopper.buy([{ sku: "SHIRT-M", quantity: 1 }])).id)
    }
    const arrived = () =>
      ledger.accepted.filter(({ event }) => event === "order.created").map(({ data }) => (data.order as { id: string }).id)
    await waitFor("all orders arrive", () => arrived().length >= placed.length, ONE_SWEEP_MS).catch(() => undefined)
    expect(arrived().sort()).toEqual(placed.sort())
  })
})
