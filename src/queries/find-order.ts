import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WireError } from "../wire/errors"
import { lineSchema } from "../wire/normalise"

/**
 * Finds an order by what Odoo's side calls it in a path: Medusa's id, or the display id that people see.
 * @returns Medusa's id
 * @throws WireError `NOT_FOUND`
 */
export async function findOrderId(container: MedusaContainer, reference: string): Promise<string> {
  const unknown = new WireError("NOT_FOUND", "There is no such order.")
  if (!lineSchema.safeParse(reference).success) {
    throw unknown
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const displayId = /^\d{1,9}$/.test(reference) ? Number(reference) : null
  const { data } = await query.graph({
    entity: "order",
    fields: ["id"],
    filters: displayId === null ? { id: reference } : { display_id: displayId },
  })
  const [order] = data as { id: string }[]
  if (order === undefined) {
    throw unknown
  }
  return order.id
}
