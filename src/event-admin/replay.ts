import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { DeliveryFilters, DeliveryRow } from "../modules/odoo/types"
import { readDelivery, type NamedDelivery } from "../queries/read-events"
import { WireError } from "../wire/errors"

/** How many deliveries a replay has changed, and how many it left as they were (see `ReplayCount`). */
export type Replayed = {
  replayed: number
  left_alone: { acknowledged: number; delivered: number; in_flight: number; pending: number; dismissed: number; superseded: number }
}

/**
 * Makes deliveries due again, with a new retry schedule. Delivered ones are never sent again. The caller, or the job of a running
 * instance, sends them.
 * @param filters selects the deliveries; dismissed ones only where the filters name their status or their ids
 */
export async function replayDeliveries(container: MedusaContainer, filters: DeliveryFilters): Promise<Replayed> {
  const counts = await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.replay(filters)
  const countOf = (outcome: string) => counts.find((count) => count.outcome === outcome)?.count ?? 0
  const reasons = ["acknowledged", "delivered", "in_flight", "pending", "dismissed", "superseded"] as const
  return {
    replayed: countOf("replayed"),
    left_alone: Object.fromEntries(reasons.map((reason) => [reason, countOf(reason)])) as Replayed["left_alone"],
  }
}

/** Why a delivery can not be replayed, in a sentence. */
function reasonAgainst(delivery: DeliveryRow): string {
  if (delivery.status === "delivered") {
    return `Odoo has it already: it was delivered at ${delivery.delivered_at?.toISOString() ?? "an unknown time"}, and is never sent again.`
  }
  if (delivery.status === "dismissed") {
    return "Odoo was told something later of this record since: an older change would undo that."
  }
  if (delivery.in_flight) {
    return "An attempt is under way. Look at it again in a moment."
  }
  return delivery.waiting_behind === null
    ? "It is due already, and is sent as soon as there is room for it."
    : `It waits behind ${delivery.waiting_behind}, an earlier event of the same record. Replay or dismiss that one.`
}

/**
 * Makes the delivery of an event due again. A delivery that would create a record that Odoo has by now becomes delivered instead.
 * @throws WireError `NOT_FOUND`; `CONFLICT` for a delivery that was delivered, is being sent or is due already, and for an event
 *   that its destination does not ask for
 */
export async function replayDelivery(container: MedusaContainer, named: NamedDelivery): Promise<void> {
  const before = await readDelivery(container, named)
  const destinations = await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.destinations()
  const isWanted = destinations.some(({ id, events }) => id === before.destination && events.includes(before.name))
  if (before.status !== "delivered" && !isWanted) {
    throw new WireError("CONFLICT", `${before.name} is not sent: add it to webhook.events, or to webhook.urls with an address, and start the shop again.`)
  }
  const { replayed, left_alone: left } = await replayDeliveries(container, { ids: [before.id], destination: before.destination })
  if (replayed + left.acknowledged === 0) {
    throw new WireError("CONFLICT", reasonAgainst(await readDelivery(container, named)))
  }
}
