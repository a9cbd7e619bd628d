import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { selectCustomerSpending, type CustomerSpendingRow } from "../modules/odoo/sql/select-customer-spending"
import { selectDefaultCurrency } from "../modules/odoo/sql/select-default-currency"
import { customerDocument, customerStatistics, type CustomerDocument, type CustomerSource } from "../wire/customer-document"

const CUSTOMER_FIELDS = [
  "id",
  "email",
  "first_name",
  "last_name",
  "phone",
  "company_name",
  "has_account",
  "created_at",
  "updated_at",
  "metadata",
  "addresses.*",
]

function groupByCustomer(rows: readonly CustomerSpendingRow[]): Map<string, CustomerSpendingRow[]> {
  const groups = new Map<string, CustomerSpendingRow[]>()
  for (const row of rows) {
    const group = groups.get(row.customer_id) ?? []
    group.push(row)
    groups.set(row.customer_id, group)
  }
  return groups
}

/**
 * Reads customers as the webhooks show them, without what they have bought (contract 7). The number of queries does not
 * depend on how many there are.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns documents in the order of `ids`
 */
export async function readCustomerProfiles(container: MedusaContainer, ids: readonly string[]): Promise<CustomerDocument[]> {
  if (ids.length === 0) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const [{ data }, links] = await Promise.all([
    query.graph({ entity: "customer", fields: CUSTOMER_FIELDS, filters: { id: [...ids] } }),
    odoo.linksOf("customer", ids),
  ])
  const sources = data as CustomerSource[]
  const documents = new Map(
    sources.map((customer) => [customer.id, customerDocument(customer, links.get(customer.id) ?? null)])
  )
  return ids.flatMap((id) => documents.get(id) ?? [])
}

/**
 * Reads customers as the wire shows them, with what they have bought (contract 2). The number of queries does not
 * depend on how many there are.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns documents in the order of `ids`
 */
export async function readCustomers(container: MedusaContainer, ids: readonly string[]) {
  if (ids.length === 0) {
    return []
  }
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const unit = container.resolve<OdooModuleService>(ODOO_MODULE).options.amountUnit
  const [profiles, spendingRows, defaultCurrency] = await Promise.all([
    readCustomerProfiles(container, ids),
    selectCustomerSpending(db, ids),
    selectDefaultCurrency(db),
  ])
  const spending = groupByCustomer(spendingRows)
  return profiles.map((profile) => ({
    ...profile,
    ...customerStatistics(spending.get(profile.id) ?? [], { defaultCurrency, unit }),
  }))
}
