import type { Attempted, ClaimedDelivery, Destination, Outcome } from "../modules/odoo/types"
import type { Sent } from "./target"

/** Whether an attempt failed as in an outage of the receiver, and not because of its content (contract 7, "Outage"). */
export function isOutage({ verdict, attempt: { http_status: status }, isOutage: said }: Sent): boolean {
  if (verdict.delivered || said !== undefined) {
    return said === true
  }
  return ["transport", "timeout"].includes(verdict.failure.class) || (status !== null && (status === 429 || status >= 500))
}

/**
 * The outcome of an attempt: delivered; waiting for the next attempt, as long as the schedule or the receiver says; or failed
 * after the last one (contract 7). A replay starts the schedule anew. A failed probe of a destination that is down does not
 * count as an attempt, nor does one that found the cause of a hold still there.
 */
export function outcomeOf(delivery: ClaimedDelivery, sent: Sent, schedule: Destination["retry_schedule_ms"]): Outcome {
  const { verdict } = sent
  if (verdict.delivered) {
    return { status: "delivered", link: verdict.link }
  }
  if (delivery.is_probe && isOutage(sent)) {
    return { status: "pending", failure: verdict.failure }
  }
  if (sent.heldForMs !== undefined) {
    return sent.heldForMs === null
      ? { status: "failed", failure: verdict.failure }
      : { status: "waiting", retryInMs: sent.heldForMs, failure: verdict.failure, isHeld: true }
  }
  const wait = schedule[delivery.attempts - delivery.attempts_before_replay]
  return wait === undefined
    ? { status: "failed", failure: verdict.failure }
    : { status: "waiting", retryInMs: Math.max(wait, sent.retryAfterMs ?? 0), failure: verdict.failure }
}

/** An attempt at a delivery with its outcome, to be written. */
export const attemptedWith = (delivery: ClaimedDelivery, sent: Sent, schedule: Destination["retry_schedule_ms"]): Attempted => ({
  delivery,
  attempt: sent.attempt,
  outcome: outcomeOf(delivery, sent, schedule),
  isOutage: isOutage(sent),
  retryAfterMs: sent.retryAfterMs,
})
