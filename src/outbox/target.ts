import type { MedusaContainer } from "@medusajs/framework/types"

import type { Attempt, ClaimedDelivery, Destination } from "../modules/odoo/types"
import { describeError } from "../utils/describe-error"
import type { Verdict } from "../wire/reply"

/** The result of one attempt to send. */
export type Sent = {
  attempt: Attempt
  verdict: Verdict
  /** how long the receiver asked to wait; milliseconds, null where it did not ask */
  retryAfterMs: number | null
  /**
   * For a failure of the class `held`: after how many milliseconds to check again whether the cause is gone, any number of times; null
   * where only a person can see that.
   */
  heldForMs?: number | null
  /** whether a failed attempt shows that the destination itself is out of order; where it is missing, the class and the HTTP status tell */
  isOutage?: boolean
}

/** A message to send: a delivery, or a test event that is not stored. */
export type Message = Pick<ClaimedDelivery, "event_id" | "record_kind" | "record_id" | "name"> & {
  /** for {@link Target.render} the body of the event; for {@link Target.send} the rendered body, the same on every attempt */
  body: string
  /** a test event has the name of an event that goes to the same address, and must change nothing */
  isTest?: boolean
}

/** The code that sends to one kind of destination. */
export type Target = {
  kind: string
  /** whether the destination has an address; until then its deliveries wait */
  isReady: (container: MedusaContainer, destination: Destination) => boolean
  /** The names of events, a list for each address; missing where a destination has one address */
  eventsByAddress?: (container: MedusaContainer) => string[][]
  /** Renders the body to send; the same event always gives the same text. */
  render: (event: Pick<ClaimedDelivery, "name" | "body">, destination: Destination) => string
  /** Sends once, and judges the answer. Never throws: an error is a verdict. */
  send: (container: MedusaContainer, message: Message, destination: Destination) => Promise<Sent>
}

const targets = new Map<string, Target>()

/** Registers the target of a kind of destination. A second target of the same kind replaces the first. */
export function registerTarget(target: Target): void {
  targets.set(target.kind, target)
}

/** The target of a kind of destination; undefined for a kind that this version does not know. */
export const targetOf = (kind: string): Target | undefined => targets.get(kind)

/** Renders and sends an event once. Never throws: an error of the target is a failed attempt. */
export async function sendWith(
  target: Target,
  container: MedusaContainer,
  event: Message,
  destination: Destination
): Promise<Sent> {
  const startedAt = new Date()
  try {
    return await target.send(container, { ...event, body: target.render(event, destination) }, destination)
  } catch (error) {
    const message = `The attempt broke off: ${describeError(error)}`
    return {
      attempt: { started_at: startedAt, duration_ms: Date.now() - startedAt.getTime(), http_status: null, reply: null },
      verdict: { delivered: false, failure: { class: "refused", message, reason: null } },
      retryAfterMs: null,
    }
  }
}
