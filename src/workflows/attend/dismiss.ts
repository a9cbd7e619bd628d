import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { EventRow } from "../../modules/odoo/types"
import { readEvent, readRefusal } from "../../queries/read-events"
import { WireError } from "../../wire/errors"

/** Why an event can not be dismissed, in a sentence. */
function reasonAgainst(event: EventRow): string {
  switch (event.status) {
    case "delivered":
      return "Odoo has it already: there is nothing to dismiss."
    case "dismissed":
      return `It is dismissed already: ${event.dismissal ?? "nobody has said why"}`
    default:
      return "An attempt is under way. Dismiss it once that has ended."
  }
}

/**
 * Gives up an event, so that the later ones of its record go on. Odoo is never told of it, unless it is replayed.
 * @throws WireError `NOT_FOUND`; `CONFLICT` for one that is closed already or being sent
 */
export async function dismissEvent(container: MedusaContainer, id: string, reason: string): Promise<void> {
  await readEvent(container, id)
  if (!(await container.resolve<OdooModuleService>(ODOO_MODULE).dismissEvent(id, reason))) {
    throw new WireError("CONFLICT", reasonAgainst(await readEvent(container, id)))
  }
}

/**
 * Says of something that Medusa has refused that nothing is to be done about it any more.
 * @throws WireError `NOT_FOUND`; `CONFLICT` for one that is settled already
 */
export async function dismissRefusal(container: MedusaContainer, id: string, reason: string): Promise<void> {
  await readRefusal(container, id)
  if (!(await container.resolve<OdooModuleService>(ODOO_MODULE).dismissRefusal(id, reason))) {
    throw new WireError("CONFLICT", "It is settled already.")
  }
}
