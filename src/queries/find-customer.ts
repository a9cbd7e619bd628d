import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WireError } from "../wire/errors"
import { lineSchema } from "../wire/normalise"

/**
 * Finds a customer by the id in a path, which is Medusa's.
 * @returns Medusa's id
 * @throws WireError `NOT_FOUND`
 */
export async function findCustomerId(container: MedusaContainer, reference: string): Promise<string> {
  const unknown = new WireError("NOT_FOUND", "There is no such customer.")
  if (!lineSchema.safeParse(reference).success) {
    throw unknown
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "customer", fields: ["id"], filters: { id: reference } })
  const [customer] = data as { id: string }[]
  if (customer === undefined) {
    throw unknown
  }
  return customer.id
}
