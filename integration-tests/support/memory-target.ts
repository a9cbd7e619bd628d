import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { upsertDestination } from "../../src/modules/odoo/sql/destinations"
import { registerTarget, type Message } from "../../src/outbox/target"

/** A kind of destination that a test registers: it keeps what arrives, and fails or takes its time while it is told to. */
export class MemoryTarget {
  readonly arrived: Message[] = []
  isBroken = false
  /** settles when the target may answer */
  answers: Promise<unknown> = Promise.resolve()
  /** how many messages it has begun to take */
  begun = 0

  constructor(readonly kind: string) {}

  /**
   * Registers the kind, and makes its one destination, which bears its name. Several test files that share a process can each
   * have a target of the same kind: the one that was opened last gets the deliveries. Opened again, it asks for other events.
   */
  async open(container: MedusaContainer, events: readonly string[], isOdoo = false): Promise<void> {
    registerTarget({
      kind: this.kind,
      isReady: () => true,
      render: ({ name }) => `${this.kind} is told of ${name}`,
      send: async (_container, message) => {
        this.begun += 1
        await this.answers
        const attempt = { started_at: new Date(), duration_ms: 1, http_status: null, reply: null }
        if (this.isBroken) {
          const failure = { class: "refused" as const, message: "It is broken.", reason: null }
          return { attempt, verdict: { delivered: false, failure }, retryAfterMs: null }
        }
        this.arrived.push(message)
        return { attempt, verdict: { delivered: true, link: null }, retryAfterMs: null }
      },
    })
    const settings = { isOdoo, events, concurrency: 2, timeoutMs: 1_000, retryScheduleMs: [60_000], replaysAfterOutage: true }
    await upsertDestination(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), { id: this.kind, kind: this.kind, ...settings }, true)
  }
}
