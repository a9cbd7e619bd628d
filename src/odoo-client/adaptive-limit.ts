/** The longest pause between two starts; milliseconds. */
const LONGEST_PAUSE_MS = 5_000

/** The pause between two starts after the first sign of overload; milliseconds. */
const FIRST_PAUSE_MS = 50

/** The factor by which a good answer shortens the pause. A pause of less than a millisecond becomes none. */
const PAUSE_DECAY = 0.8

/** What the end of a piece of work shows about Odoo's load: whether Odoo has too much to do, and how long it asks to wait. */
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

  /** The number of pieces that may run at the same time now. */
  get limit(): number {
    return Math.max(1, Math.floor(this.#limit))
  }

  /**
   * Runs a piece of work as soon as the limit allows.
   * @param judge derives Odoo's load from the end of the work, a result or an error
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

  /** @param limitAtStart the limit when the work started: of many pieces that started together, only the first overload halves the limit */
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
