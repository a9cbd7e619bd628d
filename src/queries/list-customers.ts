import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectCustomerPage } from "../read-model/customers/select-customer-page"
import { listEnvelope, pageRequest } from "../wire/list"
import type { ListCustomersQuery } from "../wire/schemas/customers"
import { readCustomers } from "./read-customers"

/**
 * One page of customers, oldest first (contract 2). The number of queries does not depend on the size of the page.
 * @throws WireError `VALIDATION_ERROR` for a cursor that the plugin did not make
 */
export async function listCustomers(container: MedusaContainer, query: ListCustomersQuery) {
  const request = pageRequest(query)
  const page = await selectCustomerPage(
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    {
      createdAfter: query.created_after,
      updatedSince: query.updated_since,
      email: query.email,
      phone: query.phone,
    },
    request
  )
  const customers = await readCustomers(
    container,
    page.rows.map((row) => row.id)
  )
  return { customers, ...listEnvelope(request, page) }
}
