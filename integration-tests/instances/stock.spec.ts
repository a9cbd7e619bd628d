import axios, { type AxiosInstance } from "axios"
import { randomBytes } from "crypto"

import { ProcessShop, type Instance } from "../support/process-shop"
import { REDIS_URL, requireRedis } from "../support/redis"
import { Shopper } from "../support/shopper"

const API_KEY = "the-key-of-the-instances"

/** How many changes of one piece come at once. */
const DELTAS = 200

/** How many shoppers want how many pieces. */
const SHOPPERS = 50
const PIECES = 30

type Level = { stocked: number; reserved: number }

describe.each(["redis", "postgres"])("the stock of two instances that lock in %s", (locking) => {
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
    shop = await ProcessShop.open({ durable: false, environment: { LOCKING: locking } })
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

  it(`is never sold twice: ${String(SHOPPERS)} shoppers at once for ${String(PIECES)} pieces, while Odoo pushes its counts`, async () => {
    await setStock("MUG-WHITE", PIECES)
    const shoppers = instances.map(({ url }) => new Shopper(url, present().shop))
    const carts: string[] = []
    for (let guest = 0; guest < SHOPPERS; guest += 1) {
      const email = `guest-${String(guest)}@example.com`
      carts.push(await shoppers[either(guest)]!.fillCart([{ sku: "MUG-WHITE", quantity: 1 }], { email }))
    }
    const ended = new AbortController()
    const counting = (async () => {
      for (let count = 0; !ended.signal.aborted; count += 1) {
        await setStock("MUG-WHITE", PIECES - (count % 3), count)
      }
    })()
    const bought = await Promise.allSettled(carts.map((cart, index) => shoppers[either(index)]!.checkOut(cart)))
    ended.abort()
    await counting
    await setStock("MUG-WHITE", PIECES)
    const [orders] = await present().query<{ count: string }>(`SELECT count(*) FROM "order" WHERE canceled_at IS NULL`)
    const sold = Number(orders?.count)
    expect(bought.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0)
    expect(sold).toBeLessThanOrEqual(PIECES)
    expect(await levelOf("MUG-WHITE")).toEqual({ stocked: PIECES, reserved: sold })
  })
})

const axiosOf = ({ url }: Instance) => axios.create({ baseURL: url, headers: { "x-odoo-api-key": API_KEY } })
