import { setTimeout as pause } from "timers/promises"

import { Ledger } from "../support/ledger"
import { OdooStandIn, type Answer, type Delivery } from "../support/odoo-stand-in"
import type { SeededRandom } from "../support/random"

/** How long one outage lasts; milliseconds. Between two of them the receiver is up for twice as long as the last one was. */
const OUTAGE_MS = { least: 1_000, most: 4_000 }

/** Of what is received: how much is refused with a 500, and how much is taken and then left without an answer. */
const REFUSED = 0.1
const BROKEN = 0.1

/** An Odoo that is down a third of the time, and unreliable while it is up. It takes each `webhook-id` once. */
export class UnsteadyOdoo {
  readonly ledger = new Ledger()
  readonly answered = { refused: 0, broken: 0 }
  outages = 0
  downMs = 0
  unsteadyMs = 0
  readonly #standIn = new OdooStandIn()
  #unsteady = false

  constructor(
    private readonly random: SeededRandom,
    private readonly say: (what: string) => void
  ) {
    this.#standIn.answer = (delivery) => this.#answer(delivery)
  }

  get url(): string {
    return this.#standIn.url
  }

  async start(): Promise<void> {
    await this.#standIn.start()
  }

  async stop(): Promise<void> {
    await this.#standIn.stop()
  }

  /** Is unsteady until the signal comes, and reliable from then on. */
  async beUnsteady(signal: AbortSignal): Promise<void> {
    const since = Date.now()
    const random = this.random.fork()
    const port = this.#standIn.port
    this.#unsteady = true
    for (;;) {
      const outageMs = random.between(OUTAGE_MS.least, OUTAGE_MS.most)
      await pause(2 * outageMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) {
        break
      }
      await this.#beDown(port, outageMs)
    }
    this.#unsteady = false
    this.unsteadyMs = Date.now() - since
  }

  async #beDown(port: number, durationMs: number): Promise<void> {
    const since = Date.now()
    this.outages += 1
    await this.#standIn.stop()
    this.say(`outage ${String(this.outages)}: the receiver is down for ${(durationMs / 1000).toFixed(1)} s`)
    await pause(durationMs)
    await this.#standIn.start(port)
    this.downMs += Date.now() - since
  }

  #answer(delivery: Delivery): Answer {
    this.ledger.attempted(delivery)
    const fate = this.#unsteady ? this.random.next() : 1
    if (fate < REFUSED) {
      this.answered.refused += 1
      return { status: 500, body: { error: "on purpose" } }
    }
    this.ledger.accept(delivery)
    if (fate < REFUSED + BROKEN) {
      this.answered.broken += 1
      return { broken: true }
    }
    return this.#standIn.usualAnswer(delivery)
  }
}
