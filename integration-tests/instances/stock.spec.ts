import axios, { type AxiosInstance } from "axios"
import { randomBytes } from "crypto"

import { ProcessShop, type Instance } from "../support/process-shop"
import { REDIS_URL, requireRedis } from "../support/redis"
import { Shopper } from "../support/shopper"

const API_KEY = "the-key-of-the-instances"

/** How many changes of one piece come at once. */
const DELTAS = 200

/**
 * How many shoppers want how many pieces at once. Medusa's lock in Postgres keeps a connection of the pool for each
 * checkout that waits for it, so that a crowd blocks itself there whatever the stock.
 */
const CROWDS = [
  { locking: "redis", shoppers: 50, pieces: 30 },
  { locking: "postgres", shoppers: 6, pieces: 4 },
]

type Level = { stocked: number; reserved: number }

describe.each(CROWDS)("the stock of two instances that lock in $locking", ({ locking, shoppers, pieces }) => {
  let shop: ProcessShop | undefined
  let instances: [Instance, Instance]
  let pushes: [AxiosInstance, AxiosInstance]

  const present = () => {
    if (shop === undefined) {
      throw new Error("the shop is not there")
    }
    return shop
  }

  const levelOf = async (sku: string): Promise<Level> => {
    const [row] = await present().query<Level>(
      `SELECT CAST(stocked_quantity AS integer) AS stocked, CAST(reserved_quantity AS integer) AS reserved
       FROM inventory_level WHERE inventory_item_id = $1 AND deleted_at IS NULL`,
      [present().shop.variants[sku]?.inventoryItemId]
    )
    return row!
  }

  const either = (index: number) => index % 2

  const setStock = async (sku: string, quantity: number, by = 0) => {
    const { data } = await pushes[either(by)]!.post<{ success: boolean }>("/odoo/inventory/update", { sku, quantity })
    expect(data.success).toBe(true)
  }

  beforeAll(async () => {
    await requireRedis()
    shop = await ProcessShop.open({ durable: false, environment: { LOCKING: locking, REDIS_URL } })
    const shared = {
      REDIS_URL,
      REDIS_PREFIX: `test-${randomBytes(6).toString("hex")}`,
      EVENT_BUS: "redis",
      WORKFLOW_ENGINE: "redis",
      LOCKING: locking,
      ODOO_API_KEY: API_KEY,
    }
    const first = await shop.start(shared)
    // one after the other: both prepare what they share
    instances = [first, await shop.start(shared)]
    pushes = [axiosOf(instances[0]), axiosOf(instances[1])]
  })

  afterAll(async () => {
    await shop?.close()
  })

  it(`is less by exactly ${String(DELTAS)} after as many changes of one piece at once`, async () => {
    const before = await levelOf("SHIRT-S")
    const answers = await Promise.all(
      Array.from({ length: DELTAS }, async (_, index) => {
        const { data } = await pushes[either(index)]!.post<{ success: boolean }>("/odoo/webhooks/inventory", {
          event_type: "inventory.adjustment",
          event_id: `delta-${String(index)}`,
          items: [{ sku: "SHIRT-S", quantity: -1, adjustment_type: "delta" }],
        })
        return data.success
      })
    )
    expect(answers.filter((success) => success)).toHaveLength(DELTAS)
    expect(await levelOf("SHIRT-S")).toEqual({ ...before, stocked: before.stocked - DELTAS })
  })

  it(`is never sold twice: ${String(shoppers)} shoppers at once for ${String(pieces)} pieces, while Odoo pushes its counts`, async () => {
    await setStock("MUG-WHITE", pieces)
    const shopOf = instances.map(({ url }) => new Shopper(url, present().shop))
    const carts: string[] = []
    for (let guest = 0; guest < shoppers; guest += 1) {
      const email = `guest-${String(guest)}@example.com`
      carts.push(await shopOf[either(guest)]!.fillCart([{ sku: "MUG-WHITE", quantity: 1 }], { email }))
    }
    const ended = new AbortController()
    const counting = (async () => {
      for (let count = 0; !ended.signal.aborted; count += 1) {
        await setStock("MUG-WHITE", pieces - (count % 3), count)
      }
    })()
    const bought = await Promise.allSettled(carts.map((cart, index) => shopOf[either(index)]!.checkOut(cart)))
    ended.abort()
    await counting
    await setStock("MUG-WHITE", pieces)
    const [orders] = await present().query<{ count: string }>(`SELECT count(*) FROM "order" WHERE canceled_at IS NULL AND deleted_at IS NULL`)
    const sold = Number(orders?.count)
    expect(bought.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0)
    expect(sold).toBeLessThanOrEqual(pieces)
    expect(await levelOf("MUG-WHITE")).toEqual({ stocked: pieces, reserved: sold })
  })
})

const axiosOf = ({ url }: Instance) => axios.create({ baseURL: url, headers: { "x-odoo-api-key": API_KEY } })
