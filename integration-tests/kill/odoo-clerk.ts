import axios, { type AxiosInstance } from "axios"
import { setTimeout as pause } from "timers/promises"

import type { ProcessShop } from "../support/process-shop"
import type { SeededRandom } from "../support/random"

/** Goods that no shopper buys, so that nobody else changes their stock. */
const SKU = "WAREHOUSE-ONLY"

const START = 100_000

/** How much of them may come or go at once. */
const MOST = 5

/** How long the clerk waits before asking again; milliseconds. */
const AGAIN_MS = 500

/** How many changes are said at the same time. */
const HANDS = 3

/** Who says in Odoo what comes and goes. What is not answered is said again, with the same key, until it is. */
export class OdooClerk {
  /** how many changes were answered, and what they come to */
  changes = 0
  repeats = 0
  #sum = 0
  readonly #api: AxiosInstance

  constructor(
    private readonly shop: ProcessShop,
    url: string,
    apiKey: string,
    private readonly random: SeededRandom
  ) {
    this.#api = axios.create({ baseURL: url, headers: { "x-odoo-api-key": apiKey }, timeout: 10_000, validateStatus: () => true })
  }

  /** Says changes until the signal comes, and the last ones until they are answered. */
  async work(signal: AbortSignal): Promise<void> {
    await this.#say("/odoo/inventory", "start", { items: [{ sku: SKU, quantity: START }] })
    const hands = Array.from({ length: HANDS }, async (_, hand) => {
      const random = this.random.fork()
      for (let number = 0; !signal.aborted; number += 1) {
        const quantity = random.pick([-1, 1]) * random.between(1, MOST)
        const items = [{ sku: SKU, quantity, adjustment_type: "delta" }]
        await this.#say("/odoo/webhooks/inventory", `${String(hand)}-${String(number)}`, { event_type: "inventory.adjustment", items })
        this.changes += 1
        this.#sum += quantity
      }
    })
    await Promise.all(hands)
  }

  /** What is wrong with the stock in the end; nothing where each change has counted once. */
  async problems(): Promise<string[]> {
    const [level] = await this.shop.query<{ stocked: string }>(
      `SELECT level.stocked_quantity AS stocked FROM inventory_level AS level
       JOIN odoo_stock_record AS record ON record.inventory_item_id = level.inventory_item_id WHERE record.sku = $1`,
      [SKU]
    )
    const wanted = START + this.#sum
    return Number(level?.stocked) === wanted
      ? []
      : [`the stock of ${SKU} is ${level?.stocked ?? "nowhere"}; ${String(this.changes)} changes make it ${String(wanted)}`]
  }

  async #say(path: string, key: string, body: object): Promise<void> {
    for (;;) {
      const answer = await this.#api.post<{ success?: boolean }>(path, body, { headers: { "Idempotency-Key": key } }).catch(() => undefined)
      if (answer?.data.success === true) {
        return
      }
      this.repeats += 1
      await pause(AGAIN_MS)
    }
  }
}
