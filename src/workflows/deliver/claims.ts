import type { ClaimedEvent } from "../../modules/odoo/types"

/** How long a claimed event may wait for its turn; milliseconds. A lease lasts for longer than this and an attempt. */
export const MAX_WAIT_MS = 2_000

/** A claim that is used up as quickly is followed by a larger one; milliseconds. */
const QUICK_MS = 500

/** How many events are claimed ahead at the most, for each one that may be posted at once. */
const MAX_AHEAD = 8

/**
 * The events that this process has claimed and not begun yet, and how many it should claim: no more than can be begun at
 * once where Odoo is slow, so that other instances find them; the more ahead, the quicker it answers.
 */
export class Claims {
  #waiting: { event: ClaimedEvent; until: number }[] = []
  #ahead = 0
  #claimedAt = -Infinity

  /** @param concurrency how many events are posted at once */
  constructor(private readonly concurrency: number) {}

  get size(): number {
    return this.#waiting.length
  }

  /**
   * How many events to claim now; 0 for none.
   * @param free how many could be begun at once
   */
  wanted(free: number): number {
    return this.size * 2 > this.#ahead ? 0 : Math.max(0, free + this.#ahead - this.size)
  }

  /** Takes what was claimed. @param isFull whether there were as many as were wanted */
  add(events: readonly ClaimedEvent[], isFull: boolean): void {
    const now = performance.now()
    const isQuick = isFull && now - this.#claimedAt < QUICK_MS
    this.#ahead = isQuick ? Math.min(Math.max(this.concurrency, this.#ahead * 2), this.concurrency * MAX_AHEAD) : 0
    this.#claimedAt = now
    this.#waiting.push(...events.map((event) => ({ event, until: now + MAX_WAIT_MS })))
  }

  /** The next event to begin. */
  next(): ClaimedEvent | undefined {
    return this.#waiting.shift()?.event
  }

  /** Takes out those that have waited for too long, or all; they are to be given back. */
  takeOut(which: "late" | "all"): ClaimedEvent[] {
    const now = performance.now()
    const out = this.#waiting.filter(({ until }) => which === "all" || until <= now)
    this.#waiting = this.#waiting.slice(out.length)
    if (out.length > 0) {
      this.#ahead = 0
    }
    return out.map(({ event }) => event)
  }
}
