import { setTimeout as pause } from "timers/promises"

import type { ProcessShop } from "./process-shop"
import type { SeededRandom } from "./random"
import { handle, PLANS } from "./shopkeeper"
import { Shopper } from "./shopper"

const SHOPPERS = 4
const SHOPKEEPERS = 2

/** For how long people repeat a request that found nobody; milliseconds. Medusa boots for some seconds after a kill. */
const PATIENCE_MS = 90_000

/** How long a shopper who was turned away waits before filling another cart; milliseconds. */
const SULK_MS = 500

/** How often shoppers may be turned away, for each order that is to be placed, before it is an error of its own. */
const REFUSALS_AN_ORDER = 2

/** The people of a shop: some buy, and some see to the orders, all at the same time and without sparing it. */
export class Crowd {
  /** how many orders shoppers were told of */
  placed = 0
  /** how often a shopper was turned away and began again */
  turnedAway = 0
  changes = 0
  /** how many orders Medusa would not let a shopkeeper change as planned */
  refusedChanges = 0
  #started = 0
  readonly #toHandle: string[] = []

  constructor(
    private readonly shop: ProcessShop,
    private readonly url: string,
    private readonly orders: number,
    private readonly random: SeededRandom,
    private readonly say: (what: string) => void
  ) {}

  /** Comes back when all orders are placed and seen to. */
  async work(): Promise<void> {
    const buying = Promise.all(Array.from({ length: SHOPPERS }, () => this.#shop()))
    let allPlaced = false
    await Promise.all([
      buying.finally(() => (allPlaced = true)),
      ...Array.from({ length: SHOPKEEPERS }, () => this.#keepShop(() => allPlaced)),
    ])
  }

  async #shop(): Promise<void> {
    const shopper = new Shopper(this.url, this.shop.shop, PATIENCE_MS)
    while (this.#started < this.orders) {
      this.#started += 1
      const quantity = this.random.between(1, 3)
      const sku = this.random.pick(["SHIRT-S", "SHIRT-M", "MUG-WHITE"])
      const email = `shopper-${String(this.random.between(1, this.orders))}@example.com`
      try {
        const { id } = await shopper.buy([{ sku, quantity }], { email })
        this.placed += 1
        this.#toHandle.push(id)
      } catch (error) {
        // what a killed Medusa has left of a cart can be past saving: a person fills another one
        this.#started -= 1
        this.turnedAway += 1
        this.say(`a shopper was turned away: ${error instanceof Error ? error.message : String(error)}`)
        if (this.turnedAway > REFUSALS_AN_ORDER * this.orders) {
          throw new Error("The shop turns nearly everybody away.", { cause: error })
        }
        await pause(SULK_MS)
      }
    }
  }

  async #keepShop(isOver: () => boolean): Promise<void> {
    const admin = this.shop.admin(this.url, PATIENCE_MS)
    for (;;) {
      const id = this.#toHandle.shift()
      if (id === undefined) {
        if (isOver()) {
          return
        }
        await pause(100)
        continue
      }
      try {
        this.changes += await handle(admin, id, this.random.pick(PLANS))
      } catch (error) {
        this.refusedChanges += 1
        this.say(`${id} could not be changed as planned: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
}
