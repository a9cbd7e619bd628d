import type { Delivery } from "./odoo-stand-in"

/** What a receiver has taken: the first time that a `webhook-id` was accepted. */
export type Accepted = { id: string; event: string; data: Record<string, unknown> }

/** The books of a receiver that takes each `webhook-id` once. */
export class Ledger {
  /** what was accepted, in that order */
  readonly accepted: Accepted[] = []
  /** the ids of what came again with another body than before */
  readonly changed = new Set<string>()
  /** how many requests there were for something that had been accepted already */
  repeats = 0
  readonly #bodies = new Map<string, string>()
  readonly #attempts = new Map<string, number>()
  readonly #taken = new Set<string>()

  /** Books a request, whatever it is going to be answered. */
  attempted(delivery: Delivery): void {
    const id = idOf(delivery)
    const before = this.#bodies.get(id) ?? delivery.text
    if (before !== delivery.text) {
      this.changed.add(id)
    }
    this.#bodies.set(id, before)
    this.#attempts.set(id, (this.#attempts.get(id) ?? 0) + 1)
    this.repeats += this.#taken.has(id) ? 1 : 0
  }

  /** Takes what a request brought, where it was not taken before. */
  accept(delivery: Delivery): void {
    const id = idOf(delivery)
    if (!this.#taken.has(id)) {
      this.#taken.add(id)
      this.accepted.push({ id, event: delivery.body.event, data: delivery.body.data })
    }
  }

  /** How many requests there were. */
  get attempts(): number {
    return [...this.#attempts.values()].reduce((sum, count) => sum + count, 0)
  }

  /** How many requests there were for a `webhook-id`. */
  attemptsOf(id: string): number {
    return this.#attempts.get(id) ?? 0
  }
}

/** A delivery's `webhook-id`; it is there only where webhooks are signed. */
function idOf({ headers }: Delivery): string {
  const id = headers["webhook-id"]
  if (typeof id !== "string") {
    throw new Error("a webhook without webhook-id: set ODOO_WEBHOOK_SECRET")
  }
  return id
}
