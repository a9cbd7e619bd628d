import type { OdooOptions } from "../../modules/odoo/options"
import type { ClaimedEvent, Outcome } from "../../modules/odoo/types"
import type { Posted } from "./post-event"

/**
 * What becomes of an event after an attempt: delivered; waiting for the next one, as the schedule says or longer
 * where the receiver asked for it; failed after the last (contract 7). A replay starts the schedule anew.
 */
export function outcomeOf(event: ClaimedEvent, posted: Posted, schedule: OdooOptions["webhook"]["retrySchedule"]): Outcome {
  const { verdict } = posted
  if (verdict.delivered) {
    return { status: "delivered", link: verdict.link }
  }
  const wait = schedule[event.attempts - event.attempts_before_replay]
  return wait === undefined
    ? { status: "failed", failure: verdict.failure }
    : { status: "waiting", retryInMs: Math.max(wait, posted.retryAfterMs ?? 0), failure: verdict.failure }
}
