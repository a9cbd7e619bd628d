import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { EventFilters, EventRow } from "../../modules/odoo/types"
import { readEvent } from "../../queries/read-events"
import { WireError } from "../../wire/errors"

/** What a replay of many events has done, and what it has left alone (see `ReplayCount`). */
export type Replayed = {
  replayed: number
  left_alone: { acknowledged: number; delivered: number; in_flight: number; pending: number; dismissed: number; superseded: number }
}

/**
 * Makes events due again, with the retry schedule starting anew. Those that were delivered are never sent again.
 * Sending them is left to the caller, or to the job of a running instance.
 * @param filters which events; dismissed ones come back only where the filters name their status or their ids
 */
export async function replayEvents(container: MedusaContainer, filters: EventFilters): Promise<Replayed> {
  const counts = await container.resolve<OdooModuleService>(ODOO_MODULE).replayEvents(filters)
  const countOf = (outcome: string) => counts.find((count) => count.outcome === outcome)?.count ?? 0
  const reasons = ["acknowledged", "delivered", "in_flight", "pending", "dismissed", "superseded"] as const
  return {
    replayed: countOf("replayed"),
    left_alone: Object.fromEntries(reasons.map((reason) => [reason, countOf(reason)])) as Replayed["left_alone"],
  }
}

/** Why an event can not be replayed, in a sentence. */
function reasonAgainst(event: EventRow): string {
  if (event.status === "delivered") {
    return `Odoo has it already: it was delivered at ${event.delivered_at?.toISOString() ?? "an unknown time"}, and is never sent again.`
  }
  if (event.status === "dismissed") {
    return "Odoo was told something later of this record since: an older change would undo that."
  }
  if (event.in_flight) {
    return "An attempt is under way. Look at it again in a moment."
  }
  return event.waiting_behind === null
    ? "It is due already, and is sent as soon as there is room for it."
    : `It waits behind ${event.waiting_behind}, an earlier event of the same record. Replay or dismiss that one.`
}

/**
 * Makes one event due again. One that tells of a record that Odoo has by now becomes delivered instead.
 * @throws WireError `NOT_FOUND`; `CONFLICT` for one that was delivered, is being sent, or is due already
 */
export async function replayEvent(container: MedusaContainer, id: string): Promise<void> {
  const before = await readEvent(container, id)
  const { replayed, left_alone: left } = await replayEvents(container, { ids: [before.id] })
  if (replayed + left.acknowledged === 0) {
    throw new WireError("CONFLICT", reasonAgainst(await readEvent(container, id)))
  }
}
