import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { DeliveryRow } from "../modules/odoo/types"
import { readDelivery, readRefusal, type NamedDelivery } from "../queries/read-events"
import { WireError } from "../wire/errors"

/** Why a delivery can not be dismissed, in a sentence. */
function reasonAgainst(delivery: DeliveryRow): string {
  switch (delivery.status) {
    case "delivered":
      return "Odoo has it already: there is nothing to dismiss."
    case "dismissed":
      return `It is dismissed already: ${delivery.dismissal ?? "nobody has said why"}`
    default:
      return "An attempt is under way. Dismiss it once that has ended."
  }
}

/**
 * Dismisses the delivery of an event, so that later deliveries of its record continue. It is not sent any more, unless it is
 * replayed.
 * @throws WireError `NOT_FOUND`; `CONFLICT` for a delivery that is closed already or being sent
 */
export async function dismissDelivery(container: MedusaContainer, named: NamedDelivery, reason: string): Promise<void> {
  const delivery = await readDelivery(container, named)
  if (!(await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.dismiss(delivery, reason))) {
    throw new WireError("CONFLICT", reasonAgainst(await readDelivery(container, named)))
  }
}

/**
 * Dismisses a refusal: a person says that nothing more is to be done about it.
 * @throws WireError `NOT_FOUND`; `CONFLICT` for a refusal that is settled already
 */
export async function dismissRefusal(container: MedusaContainer, id: string, reason: string): Promise<void> {
  await readRefusal(container, id)
  if (!(await container.resolve<OdooModuleService>(ODOO_MODULE).refusals.dismiss(id, reason))) {
    throw new WireError("CONFLICT", "It is settled already.")
  }
}
