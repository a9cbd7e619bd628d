import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { WireError } from "../wire/errors"
import { lineSchema } from "../wire/normalise"
import type { OrderStatusBody } from "../wire/schemas/order-webhooks"

const noSuchOrder = () => new WireError("NOT_FOUND", "There is no such order.")

/** Medusa's id of the order with an id or a display id; undefined where there is no such order. */
async function orderIdOf(container: MedusaContainer, reference: string): Promise<string | undefined> {
  if (!lineSchema.safeParse(reference).success) {
    return undefined
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const displayId = /^\d{1,9}$/.test(reference) ? Number(reference) : null
  const { data } = await query.graph({
    entity: "order",
    fields: ["id"],
    filters: displayId === null ? { id: reference } : { display_id: displayId },
  })
  const [order] = data as { id: string }[]
  return order?.id
}

/**
 * Finds an order by the reference in a path: Medusa's id, or the display id that people see.
 * @returns Medusa's id
 * @throws WireError `NOT_FOUND`
 */
export async function findOrderId(container: MedusaContainer, reference: string): Promise<string> {
  const id = await orderIdOf(container, reference)
  if (id === undefined) {
    throw noSuchOrder()
  }
  return id
}

/**
 * Resolves the reference to an order in an event of Odoo's: by Medusa's id, or else by the linked sale order (contract 6).
 * @returns Medusa's id
 * @throws WireError `NOT_FOUND`; `CONFLICT` when several orders are linked to that sale order
 */
export async function resolveOrderReference(
  container: MedusaContainer,
  said: Pick<OrderStatusBody["order"], "medusa_order_id" | "odoo_order_id" | "odoo_order_name">
): Promise<string> {
  const { medusa_order_id: medusaId, odoo_order_id: odooId, odoo_order_name: odooName } = said
  const named = medusaId === undefined ? undefined : await orderIdOf(container, medusaId)
  if (named !== undefined) {
    return named
  }
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const byId = odooId === undefined ? [] : await odoo.links.recordsCalled("order", { odooId })
  const found = byId.length === 0 && odooName !== undefined ? await odoo.links.recordsCalled("order", { odooName }) : byId
  const [id] = found
  if (id === undefined) {
    throw noSuchOrder()
  }
  if (found.length > 1) {
    throw new WireError("CONFLICT", "Several orders are linked to that sale order. Name one by its medusa_order_id.", {
      medusa_order_ids: found.slice(0, 10),
    })
  }
  return id
}
