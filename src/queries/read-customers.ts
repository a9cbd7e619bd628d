import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { selectCustomerSpending, type CustomerSpendingRow } from "../modules/odoo/sql/select-customer-spending"
import { selectCustomers } from "../modules/odoo/sql/select-customers"
import { selectDefaultCurrency } from "../modules/odoo/sql/select-default-currency"
import { selectGuestNames } from "../modules/odoo/sql/select-guest-names"
import { customerDocument, customerStatistics, type CustomerDocument } from "../wire/customer-document"

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
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [sources, links, names] = await Promise.all([
    selectCustomers(db, ids),
    container.resolve<OdooModuleService>(ODOO_MODULE).linksOf("customer", ids),
    selectGuestNames(db, ids),
  ])
  const nameOf = new Map(names.map(({ customer_id: id, ...name }) => [id, name]))
  const documents = new Map(
    sources.map((customer) => [
      customer.id,
      customerDocument({ ...customer, ...nameOf.get(customer.id) }, links.get(customer.id) ?? null),
    ])
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
