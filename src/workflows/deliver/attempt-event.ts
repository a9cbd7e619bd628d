import type { OdooOptions } from "../../modules/odoo/options"
import type { Attempted, ClaimedEvent } from "../../modules/odoo/types"
import { outcomeOf } from "./outcome"
import { postEvent } from "./post-event"

/** Posts one event to Odoo and judges what came of it. Never throws. */
export async function attemptEvent(event: ClaimedEvent, url: string, options: OdooOptions["webhook"]): Promise<Attempted> {
  const posted = await postEvent(event, url, options)
  return { event, attempt: posted.attempt, outcome: outcomeOf(event, posted, options.retrySchedule) }
}
