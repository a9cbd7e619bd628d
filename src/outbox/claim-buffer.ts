import type { ClaimedDelivery } from "../modules/odoo/types"

/** How long a claimed delivery may wait in the buffer; milliseconds. A lease lasts longer than this and an attempt together. */
export const MAX_WAIT_MS = 2_000

/**
 * How long after the last check a delivery to Odoo may begin; milliseconds. Later it is checked again whether Odoo still needs it,
 * because Odoo may acknowledge its record meanwhile. With a quick receiver, hardly any delivery waits that long.
 */
export const FRESH_MS = 100

/** A claim that follows the previous one within this time makes the next claim larger; milliseconds. */
const QUICK_MS = 500

/** The most deliveries that are claimed ahead, for each one that may be sent at once. */
const MAX_AHEAD = 8

/**
 * The deliveries that this process has claimed and not begun yet. With a slow receiver, it claims no more than can be begun at
 * once, so that other instances find the others. The quicker the receiver answers, the more deliveries are claimed ahead.
 */
export class ClaimBuffer {
  #waiting: { delivery: ClaimedDelivery; until: number; freshUntil: number }[] = []
  #ahead = 0
  #claimedAt = -Infinity

  /**
   * @param concurrency how many deliveries are sent at once
   * @param freshMs how long after its last check a delivery may begin
   */
  constructor(
    private readonly concurrency: number,
    private readonly freshMs: number
  ) {}

  get size(): number {
    return this.#waiting.length
  }

  /**
   * How many to claim now; 0 for none.
   * @param free how many could be begun at once
   */
  wanted(free: number): number {
    return this.size * 2 > this.#ahead ? 0 : Math.max(0, free + this.#ahead - this.size)
  }

  /** Adds claimed deliveries. @param isFull whether the claim found as many as it wanted */
  add(deliveries: readonly ClaimedDelivery[], isFull: boolean): void {
    const now = performance.now()
    const isQuick = isFull && now - this.#claimedAt < QUICK_MS
    this.#ahead = isQuick ? Math.min(Math.max(this.concurrency, this.#ahead * 2), this.concurrency * MAX_AHEAD) : 0
    this.#claimedAt = now
    this.#waiting.push(...deliveries.map((delivery) => ({ delivery, until: now + MAX_WAIT_MS, freshUntil: now + this.freshMs })))
  }

  /** Removes and returns the delivery to begin next; undefined where none waits, or where the next one must be checked again. */
  next(): ClaimedDelivery | undefined {
    const isFresh = (this.#waiting[0]?.freshUntil ?? 0) > performance.now()
    return isFresh ? this.#waiting.shift()?.delivery : undefined
  }

  /** All waiting deliveries. */
  get waiting(): ClaimedDelivery[] {
    return this.#waiting.map(({ delivery }) => delivery)
  }

  /** Removes the deliveries that were checked again and are not among the kept ones. */
  keep(checked: readonly ClaimedDelivery[], kept: readonly ClaimedDelivery[]): void {
    const [seen, left] = [new Set(checked), new Set(kept)]
    const freshUntil = performance.now() + this.freshMs
    this.#waiting = this.#waiting.flatMap((one) => (!seen.has(one.delivery) ? one : left.has(one.delivery) ? { ...one, freshUntil } : []))
  }

  /** Removes and returns the deliveries that have waited too long, or all; the caller releases their leases. */
  takeOut(which: "late" | "all"): ClaimedDelivery[] {
    const now = performance.now()
    const out = this.#waiting.filter(({ until }) => which === "all" || until <= now)
    this.#waiting = this.#waiting.slice(out.length)
    if (out.length > 0) {
      this.#ahead = 0
    }
    return out.map(({ delivery }) => delivery)
  }
}
