/** How long the pause between two starts can get at the most, in milliseconds. */
const LONGEST_PAUSE_MS = 5_000

/** The pause between two starts after the first sign of overload, in milliseconds. */
const FIRST_PAUSE_MS = 50

/** What of the pause is left after a good answer; a pause shorter than a millisecond is none. */
const PAUSE_DECAY = 0.8

/** What a piece of work tells of Odoo's load. */
export type LoadSign = { isOverloaded: boolean; waitMs?: number | null }

/**
 * Bounds how many pieces of work run at the same time, and how quickly they follow each other, by how they end. Each good
 * end raises the number by a part of one, up to the largest; a sign of overload halves the number and doubles the pause
 * between two starts (additive increase, multiplicative decrease, as in TCP). Work starts in the order in which it came.
 */
export class AdaptiveLimit {
  #limit: number
  #running = 0
  #pauseMs = 0
  #nextStart = 0
  #timer: NodeJS.Timeout | undefined
  readonly #waiting: (() => void)[] = []

  /** @param most the largest number of pieces at the same time */
  constructor(private readonly most: number) {
    this.#limit = most
  }

  /** How many pieces may run at the same time now. */
  get limit(): number {
    return Math.max(1, Math.floor(this.#limit))
  }

  /**
   * Does a piece of work as soon as it may start.
   * @param judge what its end, a result or an error, tells of Odoo's load
   */
  async run<T>(work: () => Promise<T>, judge: (end: { ms: number; error?: unknown }) => LoadSign): Promise<T> {
    await this.#turn()
    const limitAtStart = this.limit
    const start = Date.now()
    try {
      const result = await work()
      this.#learn(judge({ ms: Date.now() - start }), limitAtStart)
      return result
    } catch (error) {
      this.#learn(judge({ ms: Date.now() - start, error }), limitAtStart)
      throw error
    } finally {
      this.#running -= 1
      this.#startWaiting()
    }
  }

  async #turn(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
      this.#startWaiting()
    })
  }

  #startWaiting(): void {
    while (this.#waiting.length > 0 && this.#running < this.limit) {
      const now = Date.now()
      if (now < this.#nextStart) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined
          this.#startWaiting()
        }, this.#nextStart - now)
        return
      }
      this.#nextStart = now + this.#pauseMs
      this.#running += 1
      this.#waiting.shift()?.()
    }
  }

  /** @param limitAtStart many that have started together tell of the same overload: only the first of them halves the limit */
  #learn({ isOverloaded, waitMs }: LoadSign, limitAtStart: number): void {
    if (!isOverloaded) {
      this.#limit = Math.min(this.most, this.#limit + 1 / this.#limit)
      this.#pauseMs = this.#pauseMs < 1 ? 0 : this.#pauseMs * PAUSE_DECAY
      return
    }
    if (this.limit >= limitAtStart) {
      this.#limit = Math.max(1, this.#limit / 2)
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, this.#pauseMs * 2))
    }
    this.#nextStart = Math.max(this.#nextStart, Date.now() + (waitMs ?? this.#pauseMs))
  }
}
